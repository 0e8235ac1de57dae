/** The clipboard, which browsers keep from pages that came without TLS: then it is said, and the text can still be selected. */
import { say } from "../shell/toasts";

export async function copyText(text: string, done = "Copied.") {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    say("That could not be copied: select it and copy it by hand.");
  }
}
