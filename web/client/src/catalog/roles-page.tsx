import { Page } from "../shell/page";

export default function RolesPage() {
  return <Page title="RolesPage">To come</Page>;
}
