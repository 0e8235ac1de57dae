import { render } from "preact";
import "./styles/base.css";
import "./shell/theme";
import { App } from "./app";

const place = document.getElementById("app");
if (place) {
  place.replaceChildren();
  render(<App />, place);
}
