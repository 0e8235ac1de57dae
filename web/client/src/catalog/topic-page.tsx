import { Page } from "../shell/page";

export default function TopicPage() {
  return <Page title="TopicPage">To come</Page>;
}
