import type { mongo } from 'mongoose'
import type { Note, StoredEvent } from './event-model.ts'

type Events = mongo.Collection<StoredEvent>

/**
 * Whether an event whose `time` is before an instant is stored and not published, whichever process stored it. An event that
 * a note names and that is not stored does not count: its command is not answered.
 */
export async function hasUnpublished(events: Events, before: Date): Promise<boolean> {
  const time = before.toISOString()
  const earlier = { time: { $lt: time } }
  const id = { projection: { _id: 1 } } as const
  if (await events.findOne({ published: false, ...earlier }, id)) return true
  // The time of a note itself says nothing: it is later than that of its events, and moves.
  const notes = (events as unknown as mongo.Collection<Note>)
    .find({ published: false, time: { $type: 'date' }, oldest: { $not: { $gte: time } } })
    .sort({ time: 1 })
  for await (const note of notes) {
    const named = { _id: { $in: note.events }, published: { $ne: true }, ...earlier }
    if (await events.findOne(named, id)) return true
  }
  return false
}
