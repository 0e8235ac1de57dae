import { Page } from "../shell/page";

export default function CuratePage() {
  return <Page title="CuratePage">To come</Page>;
}
