/**
 * The rows to show while a list is held: each stays in its place, and shows what is new about it. A row that has left the list stays as
 * it was.
 * @param before the rows that are shown
 * @param now the rows as they are
 * @returns waiting: how many rows wait to appear
 */
export function heldRows<T>(
  before: readonly T[],
  now: readonly T[],
  keyOf: (row: T) => string,
): { rows: readonly T[]; waiting: number } {
  const found = new Map(now.map(row => [keyOf(row), row]))
  const rows = before.map(row => found.get(keyOf(row)) ?? row)
  const shown = new Set(before.map(keyOf))
  return { rows, waiting: now.filter(row => !shown.has(keyOf(row))).length }
}
