import type { LiveEvent } from '../live/message.ts'

/** A row of the stream: an event, or a time of which events may be missing. Times are in milliseconds since 1970. */
export type StreamRow =
  | { type: 'event'; key: string; event: LiveEvent }
  | { type: 'gap'; key: string; from: number; to: number }

export type Matches = (event: LiveEvent) => boolean

/** So many rows are kept, so that memory is bounded. */
export const MAX_ROWS = 1000

/** The newest events: of all, and of those that match a filter. So a rare event stays while many others happen. */
export class EventLog {
  #matches: Matches = () => true
  /** The newest last. */
  readonly #all: StreamRow[] = []
  #matching: StreamRow[] = []
  /** How many rows were added that match. */
  added = 0

  /** Adds an event, unless it is there already. */
  add(event: LiveEvent): void {
    if (this.find(event.id) === undefined) this.#push({ type: 'event', key: event.id, event })
  }

  /** Puts events before those that are here, in their order. Those that came after them stay behind them. */
  addEarlier(events: readonly LiveEvent[]): void {
    const ids = new Set(events.map(({ id }) => id))
    const later = this.#all.filter(({ key }) => !ids.has(key))
    const earlier = events.map((event): StreamRow => ({ type: 'event', key: event.id, event }))
    this.#all.splice(0, Infinity, ...[...earlier, ...later].slice(-MAX_ROWS))
    this.filter(this.#matches)
  }

  /** Notes that events between two instants may be missing. */
  addGap(from: number, to: number): void {
    this.#push({ type: 'gap', key: `gap ${from} ${to}`, from, to })
  }

  #push(row: StreamRow): void {
    keep(this.#all, row)
    if (row.type === 'event' && !this.#matches(row.event)) return
    keep(this.#matching, row)
    this.added += 1
  }

  /** Changes the filter: the rows are then those of all that are kept. */
  filter(matches: Matches): void {
    this.#matches = matches
    this.#matching = this.#all.filter(row => row.type === 'gap' || matches(row.event))
  }

  /** The rows that match, the newest first. */
  rows(): readonly StreamRow[] {
    return this.#matching.toReversed()
  }

  /** An event of those that are kept. */
  find(id: string): LiveEvent | undefined {
    for (const rows of [this.#all, this.#matching]) {
      const row = rows.findLast(one => one.key === id)
      if (row?.type === 'event') return row.event
    }
    return undefined
  }

  clear(): void {
    this.#all.length = 0
    this.#matching = []
    this.added = 0
  }
}

function keep(rows: StreamRow[], row: StreamRow): void {
  rows.push(row)
  if (rows.length > MAX_ROWS) rows.shift()
}
