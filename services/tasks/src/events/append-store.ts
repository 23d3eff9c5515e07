import type { TaskEvent } from '@daybook/shared/events'
import { duplicatesIn } from '@daybook/shared/mongo/duplicate-keys'
import type { mongo } from 'mongoose'
import { v7 as uuidv7 } from 'uuid'
import { type Note, type StoredEvent, toStored } from './event-model.ts'
import type { Waiting } from './waiting.ts'

/** The documents of the collection `events`. */
type Events = mongo.Collection<StoredEvent | Note>

// Far longer than an insert can take: the driver gives up after 20 s.
const GIVEN_UP_AFTER_MS = 3_600_000

/**
 * Stores events that wait to be published.
 *
 * A single event carries the mark that it waits. Several events share a note in place of marks, which would take an update of
 * each event later. The insert is ordered, and its first document is the note: when a crash interrupts it, there is no event
 * without the note.
 * @returns for each event what the relay publishes, or undefined after a conflict, also of an event of the same task before it
 */
export async function appendAll(events: Events, given: TaskEvent[]): Promise<(Waiting | undefined)[]> {
  const [first, second] = given
  if (first === undefined) return []
  const note = second && newNote(given)
  const waits = note ? { note: note._id } : ({ published: false } as const)
  const documents = given.map(event => toStored(event, waits))
  const refused = note ? await insertNoted(events, note, documents) : await insert(events, documents, false)
  const stored = given.map((event, i) => (refused.has(i) ? undefined : event))
  const last = stored.findLastIndex(event => event !== undefined)
  if (note && last < 0) await events.deleteOne({ _id: note._id })
  return stored.map((event, i) => {
    if (event === undefined) return undefined
    // The relay publishes the events of a group in order, so the note goes with the last one.
    if (note) {
      const noted = { event, note: note._id }
      return i === last ? { ...noted, mark: { note: note._id, missing: [] } } : noted
    }
    return { event, mark: { event: event.id } }
  })
}

function newNote(given: TaskEvent[]): Note {
  const time = new Date()
  return {
    _id: `note:${uuidv7()}`,
    published: false,
    time,
    until: new Date(time.getTime() + GIVEN_UP_AFTER_MS),
    oldest: given.map(event => event.time).reduce((a, b) => (a < b ? a : b)),
    events: given.map(({ id }) => id),
  }
}

/** Inserts a note and its events. @returns the indexes of the events that were refused because of a conflict */
async function insertNoted(events: Events, note: Note, documents: StoredEvent[]): Promise<Set<number>> {
  const [conflict] = await insert(events, [note, ...documents], true)
  if (conflict === undefined) return new Set()
  const refused = new Set([conflict - 1])
  let left = documents.map((_, i) => i).slice(conflict)
  const taskOf = (i: number) => documents[i]?.data.taskId
  // Each round inserts the next event of each task without an order, because it would end at the first conflict.
  while (left.length > 0) {
    // A sweep gives the note up then, and the events would not wait. After a suspension of the machine it can be that late.
    if (note.until.getTime() < Date.now()) return new Set([...refused, ...left])
    const blocked = new Set([...refused].map(taskOf))
    for (const i of left) if (blocked.has(taskOf(i))) refused.add(i)
    left = left.filter(i => !refused.has(i))
    const round = [...new Map(left.toReversed().map(i => [taskOf(i), i])).values()].sort((a, b) => a - b)
    const conflicts = await insert(events, documentsAt(documents, round), false)
    for (const place of conflicts) refused.add(round[place] as number)
    left = left.filter(i => !round.includes(i))
  }
  return refused
}

const documentsAt = (documents: StoredEvent[], places: number[]) => places.flatMap(i => documents[i] ?? [])

/** @returns the indexes of the documents that were refused because of their ids: only the first of them in an ordered insert */
async function insert(
  events: Events,
  documents: (StoredEvent | Note)[],
  ordered: boolean,
): Promise<Set<number>> {
  if (documents.length === 0) return new Set()
  try {
    await events.insertMany(documents, { ordered })
    return new Set()
  } catch (error) {
    return new Set(duplicatesIn(error))
  }
}
