import { Page } from "../shell/page";

export default function SignInPage() {
  return <Page title="SignInPage">To come</Page>;
}
