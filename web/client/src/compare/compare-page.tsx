import { Page } from "../shell/page";

export default function ComparePage() {
  return <Page title="ComparePage">To come</Page>;
}
