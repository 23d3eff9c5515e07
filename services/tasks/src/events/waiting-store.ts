import { beginningWith } from '@daybook/shared/mongo/beginning-with'
import type { mongo } from 'mongoose'
import { fromStored, type Note, type StoredEvent } from './event-model.ts'
import type { Waiting } from './waiting.ts'

type Events = mongo.Collection<StoredEvent>
type Notes = mongo.Collection<Note>

// The notes that MongoDB returns at once. A note has up to 1000 ids.
const NOTES_AT_ONCE = 50
// More than are found: by default MongoDB returns 101 documents at first, and a batch that is full may not be the last.
const AT_ONCE = { batchSize: 10_000 }

/** Those of the given events that wait, and the waiting events of their tasks that precede them, in order within each task. */
export async function waitingUpTo(events: Events, ids: string[]): Promise<Waiting[]> {
  if (ids.length === 0) return []
  const marks = { published: 1, note: 1, 'data.taskId': 1, 'data.sequence': 1 }
  const last = await events.find({ _id: { $in: ids } }, { projection: marks, ...AT_ONCE }).toArray()
  const chains = (await waitingOf(events, last)).map(({ data: { taskId, sequence } }) => ({
    _id: beginningWith(`${taskId}:`),
    'data.sequence': { $lte: sequence },
  }))
  if (chains.length === 0) return []
  const waiting = await waitingOf(events, await events.find({ $or: chains }, AT_ONCE).toArray())
  // A note stays, because it names other events too.
  return inOrder(waiting).map(event => (event.published === false ? marked(event) : notedEvent(event)))
}

/** Those of the events that wait to be published. */
async function waitingOf(events: Events, found: StoredEvent[]): Promise<StoredEvent[]> {
  const noted = found.filter(({ published }) => published === undefined)
  const ids = [...new Set(noted.flatMap(({ note }) => note ?? []))]
  // A note that a crash left behind names only those of its events that are not published.
  const named = await namedBy(events, ids)
  return found.filter(
    ({ _id, published }) => published === false || (published === undefined && named.has(_id)),
  )
}

/** The ids of the events that some notes name. */
export async function namedBy(events: Events, notes: string[]): Promise<Set<string>> {
  if (notes.length === 0) return new Set()
  const found = (events as unknown as Notes).find(
    { _id: { $in: notes } },
    { projection: { events: 1 }, ...AT_ONCE },
  )
  return new Set((await found.toArray()).flatMap(note => note.events))
}

/**
 * The events that have waited since before an instant, in order within each task: first the oldest that are marked themselves,
 * then those of the oldest notes.
 * @param limit the number of events at which it reads no more notes
 */
export async function oldestWaiting(events: Events, before: Date, limit: number): Promise<Waiting[]> {
  const found = events.find({ published: false, time: { $lt: before.toISOString() } }, AT_ONCE)
  const page = (await found.sort({ time: 1 }).limit(limit).toArray()).map(marked)
  const notes = (events as unknown as Notes).find({ published: false, time: { $lt: before } })
  let group: Note[] = []
  const read = async () => {
    page.push(...(await eventsOf(events, group)))
    group = []
  }
  if (page.length < limit) {
    for await (const note of notes.sort({ time: 1 }).batchSize(NOTES_AT_ONCE)) {
      group.push(note)
      if (page.length + group.reduce((sum, { events }) => sum + events.length, 0) >= limit) await read()
      if (page.length >= limit) break
    }
    await read()
  }
  return page.sort((a, b) => a.event.data.sequence - b.event.data.sequence)
}

/** The events of notes. The last event of each note has its mark. */
async function eventsOf(events: Events, notes: Note[]): Promise<Waiting[]> {
  if (notes.length === 0) return []
  const found = await events.find({ _id: { $in: notes.flatMap(note => note.events) } }, AT_ONCE).toArray()
  const stored = new Map(found.map(event => [event._id, event]))
  const parts = notes.map(note => {
    const waiting = note.events.flatMap((id): Waiting[] => {
      const event = stored.get(id)
      return event ? [{ event: fromStored(event), note: note._id }] : []
    })
    const last = waiting.at(-1)
    if (last) last.mark = { note: note._id, missing: note.events.filter(id => !stored.has(id)) }
    return { note, waiting }
  })
  await putOff(
    events as unknown as Notes,
    parts.flatMap(({ note, waiting }) => (waiting.length === 0 ? [note._id] : [])),
  )
  return parts.flatMap(({ waiting }) => waiting)
}

/** Moves notes of which no event is there behind the others, until their events are given up. */
async function putOff(notes: Notes, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const now = new Date()
  await notes.deleteMany({ _id: { $in: ids }, until: { $lt: now } })
  await notes.updateMany({ _id: { $in: ids } }, { $set: { time: now } })
}

const notedEvent = (stored: StoredEvent): Waiting => ({
  event: fromStored(stored),
  ...(stored.note !== undefined && { note: stored.note }),
})

const marked = (event: StoredEvent): Waiting => ({ event: fromStored(event), mark: { event: event._id } })

const inOrder = (stored: StoredEvent[]) => stored.sort((a, b) => a.data.sequence - b.data.sequence)
