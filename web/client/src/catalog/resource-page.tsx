import { Page } from "../shell/page";

export default function ResourcePage() {
  return <Page title="ResourcePage">To come</Page>;
}
