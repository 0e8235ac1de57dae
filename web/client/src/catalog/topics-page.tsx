import { Page } from "../shell/page";

export default function TopicsPage() {
  return <Page title="TopicsPage">To come</Page>;
}
