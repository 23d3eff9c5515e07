import { effect, signal, untracked } from '@preact/signals'
import { away } from '../api/parts.ts'
import { gatewayApi } from '../api/services.ts'
import { renewals } from '../elements/use-read.ts'
import { onLiveEvent } from '../live/live.ts'
import type { LiveEvent } from '../live/message.ts'
import { session } from '../session/session.ts'
import { now } from '../time/clock.ts'
import { filterOf } from './event-filter.ts'
import { EventLog, type StreamRow } from './event-log.ts'

/** The events since shortly before the page was opened first. They stay while other pages are shown. */
export const log = new EventLog()

/** Rows of the stream, and how many there had been until then. */
export interface Rows {
  rows: readonly StreamRow[]
  added: number
}

const rowsNow = (): Rows => ({ rows: log.rows(), added: log.added })

/** The rows that match the filter. It changes at most four times a second. */
export const newest = signal(rowsNow())

/** Since when events are here, in milliseconds since 1970; undefined: nothing listens yet. */
export const since = signal<number>()

/** Whether the events are here that the gateway kept before the page was opened. */
export const isFilled = signal(false)

/** The rows that are shown while the stream is paused; undefined: it runs. */
export const paused = signal<Rows>()

let conditions: string | undefined

/** Filters by the query of an address. Another filter ends a pause. */
export function filterBy(query: string): void {
  if (query === conditions) return
  conditions = query
  log.filter(filterOf(new URLSearchParams(query)))
  newest.value = rowsNow()
  paused.value = undefined
}

const REDRAW_MS = 250
// After a read of the recent events that failed.
const AGAIN_MS = 5000

let redraw = 0
let heardAt = 0
// Whether any event has come by the stream.
let hasHeard = false
let brokenAt: number | undefined

function changed(): void {
  if (redraw !== 0) return
  redraw = window.setTimeout(() => {
    redraw = 0
    newest.value = rowsNow()
  }, REDRAW_MS)
}

/** Begins to listen, if nothing listens yet. */
export function watchEvents(): void {
  if (since.peek() !== undefined) return
  onLiveEvent(event => {
    heardAt = now.peek()
    hasHeard = true
    // The stream goes on where it was interrupted.
    if (!away.peek().has('gateway')) brokenAt = undefined
    log.add(event)
    changed()
  })
  // Of another person nothing must stay.
  effect(() => {
    if (session.value?.user !== undefined) untracked(begin)
  })
  effect(() => {
    brokenAt = away.value.get('gateway') ?? brokenAt
  })
  let known = renewals.peek()
  effect(() => {
    if (renewals.value !== known) untracked(noteGap)
    known = renewals.value
  })
}

let person: string | undefined

function begin(): void {
  const user = session.peek()?.user
  if (user === person) return
  person = user
  log.clear()
  paused.value = undefined
  since.value = now.peek()
  heardAt = now.peek()
  hasHeard = false
  isFilled.value = false
  fill(user)
  changed()
}

/** Reads what the gateway keeps of the last 15 minutes: a stream carries only what happens from now on. */
async function fill(user: string | undefined): Promise<void> {
  const { data } = await gatewayApi.GET('/events/recent')
  if (user === undefined || user !== person) return
  if (data === undefined) {
    window.setTimeout(() => user === person && fill(user), AGAIN_MS)
    return
  }
  log.addEarlier(data.events as LiveEvent[])
  since.value = Date.parse(data.since)
  isFilled.value = true
  changed()
}

function noteGap(): void {
  // The stream begins: what happened since the recent events were read is among them now.
  if (!hasHeard) return void fill(person)
  const [from, to] = [Math.max(brokenAt ?? heardAt, since.peek() ?? 0), now.peek()]
  brokenAt = undefined
  heardAt = to
  log.addGap(from, to)
  changed()
}
