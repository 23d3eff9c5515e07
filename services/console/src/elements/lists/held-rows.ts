/**
 * The rows to show while a list is held: each stays in its place, and shows what is new about it. A row that has left the list stays as
 * it was.
 * @param before the rows that are shown
 * @param now the rows as they are
 * @returns waiting: how many rows wait to appear; gone: the keys of those that have left the list
 */
export function heldRows<T>(
  before: readonly T[],
  now: readonly T[],
  keyOf: (row: T) => string,
): { rows: readonly T[]; waiting: number; gone: ReadonlySet<string> } {
  const found = new Map(now.map(row => [keyOf(row), row]))
  const rows = before.map(row => found.get(keyOf(row)) ?? row)
  const shown = new Set(before.map(keyOf))
  const gone = new Set([...shown].filter(key => !found.has(key)))
  return { rows, waiting: now.filter(row => !shown.has(keyOf(row))).length, gone }
}

/** Says what a list would show that is not held: "Show 2 new". Undefined: the same rows. */
export function changeText(waiting: number, gone: number): string | undefined {
  if (waiting === 0) return gone === 0 ? undefined : `Remove ${gone} gone`
  return gone === 0 ? `Show ${waiting} new` : `Show ${waiting} new, remove ${gone} gone`
}
