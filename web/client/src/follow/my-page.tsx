import { Page } from "../shell/page";

export default function MyPage() {
  return <Page title="MyPage">To come</Page>;
}
