/**
 * `done`: it has happened; `waits`: it comes later; `late`: it should have happened; `unknown`: nobody can say; `ended`: it was
 * ended without having happened.
 */
export type EntryState = 'done' | 'waits' | 'late' | 'unknown' | 'failed' | 'ended'

/** One of the steps from a request to a line in a log file. */
export interface Entry {
  key: string
  title: string
  state: EntryState
  /** What is said of the state, if not what is said of all in it. */
  word?: string
  /** When it happened; undefined when it has not, or when that is not stored. */
  at?: string | undefined
  /** Why it is missing, or what is special about it. */
  note?: string | undefined
  /** Names with values: ids that a person copies. */
  ids: readonly (readonly [string, string])[]
  /** The page that shows more. */
  to?: string | undefined
  /** Whether it branches off: it amends what had been written. */
  isBranch?: boolean
}

/** What an entry is about. */
export type Named = Pick<Entry, 'key' | 'title'>

// Steps that follow each other take less than a second, when everything works.
const LATE_MS = 60_000

interface Missing {
  /** When the step before it happened. */
  since: number
  now: number
  waits: string
  to: string
}

/** A step that has not happened: it is late when the one before it was some time ago. */
export function missing(entry: Named, { since, now, waits, to }: Missing): Entry {
  const isLate = now - since > LATE_MS
  const note = isLate ? `It is late. ${waits}` : waits
  return { ...entry, state: isLate ? 'late' : 'waits', note, ids: [], ...(isLate ? { to } : {}) }
}

/** The time from the entry before that has one; undefined for the first, and for one without a time. */
export function gapBefore(entries: readonly Entry[], index: number): number | undefined {
  const at = entries[index]?.at
  const before = entries.slice(0, index).findLast(entry => entry.at !== undefined)?.at
  return at === undefined || before === undefined ? undefined : Date.parse(at) - Date.parse(before)
}
