/** The head of every page: where one can go, who is signed in, light or dark. */
import { useLocation } from "preact-iso/router";
import { Monitor, Moon, Sun } from "lucide";
import { useStore } from "../api/store";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { theme, type Theme } from "./theme";
import { isCurator, useViewer } from "./viewer";
import styles from "./header.module.css";

const THEMES: Record<Theme, { next: Theme; icon: typeof Sun; label: string }> = {
  system: { next: "light", icon: Monitor, label: "Colours as the system has them" },
  light: { next: "dark", icon: Sun, label: "Light colours" },
  dark: { next: "system", icon: Moon, label: "Dark colours" },
};

export function Header() {
  const { path } = useLocation();
  const viewer = useViewer();
  const pages = [
    { href: "/plan", label: "Plan", is: path === "/" || path === "/plan" || path === "/compare" },
    { href: "/topics", label: "Catalogue", is: /^\/(topics|resources|roles)/.test(path) },
    { href: "/my", label: "My roadmaps", is: path.startsWith("/my") },
    ...(isCurator(viewer) ? [{ href: "/curate", label: "Curate", is: path.startsWith("/curate") }] : []),
  ];
  return (
    <header class={styles["header"]}>
      <a class={styles["skip"]} href="#main">
        Skip to the content
      </a>
      <a class={styles["mark"]} href="/">
        <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
          <path d="M7 9.5l4.2 13.5L16 12l4.8 11L25 9.5" />
          <circle cx="25" cy="9" r="3.2" />
        </svg>
        Waymark
      </a>
      <nav aria-label="Pages">
        <ul role="list">
          {pages.map(({ href, label, is }) => (
            <li key={href}>
              <a href={href} aria-current={is ? "page" : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class={styles["own"]}>
        <ThemeButton />
        {viewer === null && <a href="/sign-in">Sign in</a>}
        {viewer && <a href="/account">{viewer.name ?? viewer.email ?? "Account"}</a>}
      </div>
    </header>
  );
}

function ThemeButton() {
  const { next, icon, label } = THEMES[useStore(theme)];
  return (
    <Button look="quiet" small onClick={() => theme.set(next)} aria-label={`${label}. Change`} title={label}>
      <Icon of={icon} />
    </Button>
  );
}
