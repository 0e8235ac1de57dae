import { Page } from "../shell/page";

export default function SharedPage() {
  return <Page title="SharedPage">To come</Page>;
}
