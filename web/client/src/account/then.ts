/** Where to go after signing in: to a page of this client, and nowhere else. */

export function placeAfter(then: string | undefined, origin: string): string {
  if (then === undefined) return "/my";
  try {
    const url = new URL(then, origin);
    const isHere = url.origin === origin && then.startsWith("/") && !then.startsWith("//");
    return isHere && url.pathname !== "/sign-in" ? url.pathname + url.search : "/my";
  } catch {
    return "/my";
  }
}
