import type { TaskEvent } from '@daybook/shared/events'
import { type Note, toStored } from '../../../../services/tasks/src/events/event-model.ts'
import type { Waiting } from '../../../../services/tasks/src/events/waiting.ts'
import type { Collection } from '../collection.ts'
import { type Connection, storedIn } from '../database.ts'
import type { EventOrNote } from './documents.ts'

// The clock jumps by hours here, also between the inserts of a group. MongoDB has one insert for them, which takes no hour: so
// that none is given up meanwhile, this is longer than all jumps.
const GIVEN_UP_AFTER_MS = 1000 * 86_400_000

/**
 * `appendAll` in memory. Each document is inserted on its own, the note first. After a conflict the real store begins another
 * insert; this one just goes on.
 */
export async function append(
  connection: Connection,
  events: Collection<EventOrNote>,
  given: TaskEvent[],
): Promise<(Waiting | undefined)[]> {
  const note = given.length > 1 ? newNote(connection, given) : undefined
  if (note) await events.insert(note)
  const stored: (TaskEvent | undefined)[] = []
  for (const event of given) {
    const waits = note ? { note: note._id } : ({ published: false } as const)
    const isNext = given.every((one, i) => stored[i] || i >= stored.length || one.subject !== event.subject)
    stored.push(isNext && (await events.insert(toStored(event, waits))) ? event : undefined)
  }
  const last = stored.findLastIndex(event => event !== undefined)
  if (note && last < 0) await events.remove(note._id)
  return stored.map((event, i) => {
    if (event === undefined) return undefined
    if (note) return i === last ? { event, mark: { note: note._id, missing: [] } } : { event }
    return { event, mark: { event: event.id } }
  })
}

function newNote({ database }: Connection, given: TaskEvent[]): Note {
  const time = new Date()
  return {
    _id: `note:${nextNumber(database)}`,
    published: false,
    time,
    until: new Date(time.getTime() + GIVEN_UP_AFTER_MS),
    oldest: given.map(event => event.time).reduce((a, b) => (a < b ? a : b)),
    events: given.map(({ id }) => id),
  }
}

/** Counts instead of making UUIDs, so that a seed always makes the same ids. */
function nextNumber(database: Connection['database']): number {
  const numbers = storedIn(database, 'the numbers of notes').byId
  numbers.set(String(numbers.size + 1), {})
  return numbers.size
}
