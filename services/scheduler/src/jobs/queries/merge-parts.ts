/** What one index has of a page: jobs in descending order of their ids. */
export interface Part<Row> {
  rows: Row[]
  /**
   * The id down to which all jobs of the index are examined: further jobs may follow below it. Undefined when there are none.
   */
  examinedTo?: string | undefined
}

/** A page of a list. */
export interface Page<Row> {
  rows: Row[]
  /** The id after which the next page begins; undefined on the last page. */
  after?: string | undefined
}

/**
 * Merges what several indexes have of one page. A page ends where one of them has not been examined further, so that no job
 * is passed over.
 * @param limit the most jobs of the page
 */
export function mergeParts<Row extends { _id: string }>(
  parts: readonly Part<Row>[],
  limit: number,
): Page<Row> {
  const ends = parts.flatMap(({ examinedTo }) => examinedTo ?? [])
  const end = ends.length === 0 ? undefined : ends.reduce((a, b) => (a > b ? a : b))
  // The same job can be in two parts.
  const byId = new Map(parts.flatMap(({ rows }) => rows).map(row => [row._id, row]))
  const rows = [...byId.values()]
    .filter(({ _id }) => end === undefined || _id >= end)
    .sort((a, b) => (a._id < b._id ? 1 : -1))
  if (rows.length <= limit) return { rows, after: end }
  const page = rows.slice(0, limit)
  return { rows: page, after: page.at(-1)?._id }
}
