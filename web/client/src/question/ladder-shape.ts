/** The career ladder as a picture: a row for each role, the highest on top, and which way goes past it where. */

export interface Rung {
  slug: string;
  title: string;
  summary: string;
  after: { slug: string } | null;
}

export interface LadderRow {
  rung: Rung;
  /** How far to the right it stands: where a way branches, its branches move over by one. */
  lane: number;
  /** Its row, from the top, and that of the role it comes after. */
  row: number;
  afterRow: number | undefined;
  afterLane: number | undefined;
}

/** The rows from the top down. Roles come in ladder order: each after the one that it comes after. */
export function ladderRows(rungs: readonly Rung[]): LadderRow[] {
  const branches = new Map<string, number>();
  for (const { after } of rungs) {
    if (after) branches.set(after.slug, (branches.get(after.slug) ?? 0) + 1);
  }
  const bySlug = new Map<string, LadderRow>();
  const rows = rungs.map((rung, index) => {
    const below = rung.after ? bySlug.get(rung.after.slug) : undefined;
    const isBranch = below !== undefined && (branches.get(below.rung.slug) ?? 0) > 1;
    const lane = below ? below.lane + (isBranch ? 1 : 0) : 0;
    const row = { rung, lane, row: rungs.length - 1 - index, afterRow: below?.row, afterLane: below?.lane };
    bySlug.set(rung.slug, row);
    return row;
  });
  return rows.toReversed();
}

/** The roles from one up to another, both ends included; up from the ground where `from` is not below `to`. */
export function wayBetween(rungs: readonly Rung[], from: string | undefined, to: string | undefined): Set<string> {
  const bySlug = new Map(rungs.map((rung) => [rung.slug, rung]));
  const way = new Set<string>();
  for (let rung = to === undefined ? undefined : bySlug.get(to); rung; rung = rung.after ? bySlug.get(rung.after.slug) : undefined) {
    way.add(rung.slug);
    if (rung.slug === from) break;
  }
  return way;
}
