import { Page } from "../shell/page";

export default function ResourcesPage() {
  return <Page title="ResourcesPage">To come</Page>;
}
