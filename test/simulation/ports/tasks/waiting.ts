import { fromStored, type Note, type StoredEvent } from '../../../../services/tasks/src/events/event-model.ts'
import type { EventStore } from '../../../../services/tasks/src/events/event-store.ts'
import type { Waiting } from '../../../../services/tasks/src/events/waiting.ts'
import type { Collection } from '../collection.ts'
import { type EventOrNote, isEvent, isNote } from './documents.ts'

type Events = Collection<EventOrNote>
type Operations = Pick<EventStore, 'waitingUpTo' | 'oldestWaiting' | 'hasUnpublished' | 'markPublished'>

/** The operations on events and notes that wait to be published, see waiting-store.ts and unpublished-store.ts. */
export const waiting = (events: Events): Operations => ({
  async waitingUpTo(ids) {
    if (ids.length === 0) return []
    const last = await waitingOf(events, (await events.getAll(ids)).filter(isEvent))
    const isInChain = ({ data: { taskId, sequence } }: StoredEvent) =>
      last.some(({ data }) => data.taskId === taskId && sequence <= data.sequence)
    if (last.length === 0) return []
    const chains = await events.find(one => isEvent(one) && isInChain(one))
    const found = await waitingOf(events, chains.filter(isEvent))
    return found
      .sort(bySequence)
      .map(event => (event.published === false ? marked(event) : { event: fromStored(event) }))
  },

  async oldestWaiting(before, limit) {
    const time = before.toISOString()
    const own = await events.find(one => isEvent(one) && one.published === false && one.time < time)
    const page = own.filter(isEvent).sort(byTime).slice(0, limit).map(marked)
    const notes = page.length < limit ? await events.find(one => isNote(one) && one.time < before) : []
    for (const note of notes.filter(isNote).sort(byTime)) {
      page.push(...(await eventsOf(events, note)))
      if (page.length >= limit) break
    }
    return page.sort((a, b) => a.event.data.sequence - b.event.data.sequence)
  },

  async hasUnpublished(before) {
    const time = before.toISOString()
    const own = await events.find(one => isEvent(one) && one.published === false && one.time < time)
    if (own.length > 0) return true
    const notes = await events.find(one => isNote(one) && !(one.oldest !== undefined && one.oldest >= time))
    for (const note of notes.filter(isNote).sort(byTime)) {
      const named = (await events.getAll(note.events)).filter(isEvent)
      if (named.some(event => event.published !== true && event.time < time)) return true
    }
    return false
  },

  async markPublished(published) {
    for (const mark of published.flatMap(({ mark }) => mark ?? []))
      if ('event' in mark)
        await events.update(mark.event, isEvent, one => ({ ...(one as StoredEvent), published: true }))
      else if (mark.missing.length === 0) await events.remove(mark.note)
      else
        await events.update(mark.note, isNote, one => ({
          ...(one as Note),
          events: mark.missing,
          time: new Date(),
        }))
  },
})

/** Those of the events that wait to be published. */
async function waitingOf(events: Events, found: StoredEvent[]): Promise<StoredEvent[]> {
  const noted = found.filter(({ published }) => published === undefined)
  const notes = await events.getAll(noted.flatMap(({ note }) => note ?? []))
  const named = new Set(notes.filter(isNote).flatMap(note => note.events))
  return found.filter(
    ({ _id, published }) => published === false || (published === undefined && named.has(_id)),
  )
}

/** The events of a note, the last one with its mark. A note without events moves behind the others until it is given up. */
async function eventsOf(events: Events, note: Note): Promise<Waiting[]> {
  const found = (await events.getAll(note.events)).filter(isEvent)
  const stored = new Map(found.map(event => [event._id, event]))
  const listed = note.events.flatMap((id): Waiting[] => {
    const event = stored.get(id)
    return event ? [{ event: fromStored(event) }] : []
  })
  const last = listed.at(-1)
  if (last) last.mark = { note: note._id, missing: note.events.filter(id => !stored.has(id)) }
  else await putOff(events, note)
  return listed
}

async function putOff(events: Events, { _id }: Note): Promise<void> {
  const now = new Date()
  await events.remove(_id, one => isNote(one) && one.until < now)
  await events.update(_id, isNote, one => ({ ...(one as Note), time: now }))
}

const marked = (event: StoredEvent): Waiting => ({ event: fromStored(event), mark: { event: event._id } })

const bySequence = (a: StoredEvent, b: StoredEvent) => a.data.sequence - b.data.sequence
const byTime = <One extends { time: string | Date }>(a: One, b: One) =>
  a.time < b.time ? -1 : a.time > b.time ? 1 : 0
