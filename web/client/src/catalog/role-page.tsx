import { Page } from "../shell/page";

export default function RolePage() {
  return <Page title="RolePage">To come</Page>;
}
