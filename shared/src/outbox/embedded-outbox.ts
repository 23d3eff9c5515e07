import type { mongo } from 'mongoose'
import type { Envelope } from '../events/envelope.ts'
import type { OutboxEntry, WithOutbox } from './outbox-field.ts'
import type { Outbox } from './relay.ts'

/** An event and the document it waits in. */
export interface EmbeddedEvent {
  document: string
  event: Envelope
}

/** The outbox of a collection whose documents carry their own. */
export function embeddedOutbox<T extends WithOutbox>(
  documents: mongo.Collection<T>,
  publish: (events: Envelope[]) => Promise<void>,
): Outbox<EmbeddedEvent> {
  // Of these documents nothing but the outbox is read or written here.
  const collection = documents as unknown as mongo.Collection<WithOutbox>

  async function markPublished(events: EmbeddedEvent[]): Promise<void> {
    const documents = [...new Set(events.map(({ document }) => document))]
    // One update for all of them, since one for each document takes MongoDB five times as long. Lost in a crash, the mark
    // only costs one more publication: it need not wait for the journal.
    await collection.updateMany(
      { _id: { $in: documents } },
      withoutEvents(events.map(({ event }) => event.id)),
      { writeConcern: { w: 1, journal: false } },
    )
  }

  /**
   * What waits in the same documents ahead of the given events, between them as well: processes take turns in storing
   * the events of a document, and each is given its own only.
   * @returns for each document with such events, what waits there up to its last given event, in order
   */
  async function waitingAhead(given: EmbeddedEvent[]): Promise<EmbeddedEvent[]> {
    const ids = new Set(given.map(({ event }) => event.id))
    const documents = [...new Set(given.map(({ document }) => document))]
    const others = { $elemMatch: { 'event.id': { $nin: [...ids] } } }
    const found = collection.find({ _id: { $in: documents }, outbox: others }, { projection: { outbox: 1 } })
    return (await found.toArray()).flatMap(({ _id: document, outbox = [] }) => {
      const last = outbox.findLastIndex(({ event }) => ids.has(event.id))
      return outbox.slice(0, last + 1).map(({ event }) => ({ document, event }))
    })
  }

  return {
    markPublished,
    async publish(given) {
      const ahead = await waitingAhead(given)
      const ids = new Set(ahead.map(({ event }) => event.id))
      const others = given.filter(({ event }) => !ids.has(event.id))
      await publish([...ahead, ...others].map(({ event }) => event))
      if (ahead.length > 0) await markPublished(ahead)
    },
    async leftBehind(age, limit) {
      const stored = { 'outbox.storedAt': { $lt: new Date(Date.now() - age) } }
      // Read in the order of the index on it, which is that of the oldest event of each document.
      const left = collection.aggregate<{ _id: string; outbox: OutboxEntry }>([
        { $match: stored },
        { $project: { outbox: 1 } },
        { $unwind: '$outbox' },
        { $limit: limit },
      ])
      return (await left.toArray()).map(({ _id, outbox }) => ({ document: _id, event: outbox.event }))
    },
  }
}

/** An update that takes events out of the outbox, and the outbox away with the last one. */
function withoutEvents(ids: string[]) {
  const left = {
    $filter: { input: '$outbox', cond: { $not: { $in: ['$$this.event.id', { $literal: ids }] } } },
  }
  const none = { $eq: [{ $size: { $ifNull: [left, []] } }, 0] }
  return [{ $set: { outbox: { $cond: [none, '$$REMOVE', left] } } }]
}
