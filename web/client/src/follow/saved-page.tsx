import { Page } from "../shell/page";

export default function SavedPage() {
  return <Page title="SavedPage">To come</Page>;
}
