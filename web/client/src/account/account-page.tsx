import { Page } from "../shell/page";

export default function AccountPage() {
  return <Page title="AccountPage">To come</Page>;
}
