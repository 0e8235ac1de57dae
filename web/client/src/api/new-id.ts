/** A name that nothing else has, such as a request's. `crypto.randomUUID` is only there where the page came by TLS or from this machine. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
