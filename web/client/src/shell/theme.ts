/** Light or dark: as the system has it, or as the reader has chosen. */
import { store } from "../api/store";

export type Theme = "system" | "light" | "dark";

const KEY = "waymark.theme";
const kept = localStorage.getItem(KEY);

export const theme = store<Theme>(kept === "light" || kept === "dark" ? kept : "system");

function show(chosen: Theme) {
  if (chosen === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = chosen;
}

show(theme.get());

theme.follow((chosen) => {
  if (chosen === "system") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, chosen);
  show(chosen);
});
