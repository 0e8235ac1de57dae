/** Buttons, and links that look like them. */
import type { ComponentChildren, JSX } from "preact";
import styles from "./button.module.css";

type Look = "main" | "plain" | "quiet" | "danger";

interface Looks {
  look?: Look;
  small?: boolean;
  children: ComponentChildren;
}

const classes = (look: Look, small: boolean | undefined, more: unknown) =>
  [styles["button"], styles[look], small && styles["small"], more].filter(Boolean).join(" ");

export function Button({ look = "plain", small, class: more, ...rest }: Looks & JSX.IntrinsicElements["button"]) {
  return <button type="button" {...rest} class={classes(look, small, more)} />;
}

export function ButtonLink({ look = "plain", small, class: more, ...rest }: Looks & JSX.IntrinsicElements["a"]) {
  return <a {...rest} class={classes(look, small, more)} />;
}
