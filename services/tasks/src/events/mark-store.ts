import type { mongo } from 'mongoose'
import type { Note, Publication, StoredEvent } from './event-model.ts'
import type { Waiting } from './waiting.ts'

type Events = mongo.Collection<StoredEvent>

// The writes do not wait for the journal: if a crash loses one, the events are only published once more.
const unjournaled = { writeConcern: { w: 1, journal: false } }

/**
 * Removes the marks of published events, and stores where the events were published. An event without a note has its place itself;
 * those of a note share a document, because an update of each event would take ten times as long.
 */
export async function markPublished(
  { events, publications }: { events: Events; publications: mongo.Collection<Publication> },
  published: Waiting[],
): Promise<void> {
  await Promise.all([storePlaces(publications, published), removeMarks(events, published)])
}

async function removeMarks(events: Events, published: Waiting[]): Promise<void> {
  const notes = published.flatMap(({ mark }) => (mark && 'note' in mark ? mark : []))
  const done = notes.flatMap(({ note, missing }) => (missing.length === 0 ? note : []))
  const at = new Date()
  const marked = published.flatMap(({ mark, place }) => {
    if (mark === undefined || !('event' in mark)) return []
    const placed = place && { place: { partition: place.partition, offset: Number(place.offset), at } }
    return { updateOne: { filter: { _id: mark.event }, update: { $set: { published: true, ...placed } } } }
  })
  if (marked.length > 0) await events.bulkWrite(marked, { ordered: false, ...unjournaled })
  if (done.length > 0) await events.deleteMany({ _id: { $in: done } }, unjournaled)
  for (const { note, missing } of notes.filter(({ missing }) => missing.length > 0)) {
    const left = { events: missing, time: new Date() }
    await (events as unknown as mongo.Collection<Note>).updateOne({ _id: note }, { $set: left }, unjournaled)
  }
}

async function storePlaces(publications: mongo.Collection<Publication>, published: Waiting[]): Promise<void> {
  const placed = published.flatMap(({ event: { id }, note, place }) =>
    note && place ? { id, note, ...place } : [],
  )
  if (placed.length === 0) return
  const at = new Date()
  const writes = [...Map.groupBy(placed, ({ note }) => note)].map(([_id, ofNote]) => {
    const $push = {
      events: { $each: ofNote.map(({ id }) => id) },
      partitions: { $each: ofNote.map(({ partition }) => partition) },
      offsets: { $each: ofNote.map(({ offset }) => Number(offset)) },
    }
    return { updateOne: { filter: { _id }, update: { $push, $setOnInsert: { at } }, upsert: true } }
  })
  await publications.bulkWrite(writes, { ordered: false, ...unjournaled })
}
