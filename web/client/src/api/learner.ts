/** What somebody who is signed in is told from others by. */

/** Accounts without an address come from elsewhere; no two of anybody's begin in the same moment. */
export const nameOf = ({ email, createdAt }: { email: string | null; createdAt: string }) => `${email ?? ""} ${createdAt}`;
