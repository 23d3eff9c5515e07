import type { mongo } from 'mongoose'
import type { Envelope } from '../events/envelope.ts'
import type { OutboxEntry, WithOutbox } from './outbox-field.ts'
import type { Outbox } from './relay.ts'

/** An event and the id of the document that contains it. */
export interface EmbeddedEvent {
  document: string
  event: Envelope
}

/**
 * The outbox of a collection whose documents contain their events, see `WithOutbox`.
 * @param documents the driver's collection, because the marks are pipeline updates; a store file makes this outbox
 * @param publish sends events to Kafka, in order
 */
export function embeddedOutbox<T extends WithOutbox>(
  documents: mongo.Collection<T>,
  publish: (events: Envelope[]) => Promise<unknown>,
): Outbox<EmbeddedEvent> {
  // This code reads and writes only the field `outbox`.
  const collection = documents as unknown as mongo.Collection<WithOutbox>

  async function markPublished(events: EmbeddedEvent[]): Promise<void> {
    const documents = [...new Set(events.map(({ document }) => document))]
    // One update for all documents: one update for each document takes MongoDB five times as long. If a crash loses a mark,
    // the event is only published once more, so the update does not wait for the journal.
    await collection.updateMany(
      { _id: { $in: documents } },
      withoutEvents(events.map(({ event }) => event.id)),
      { writeConcern: { w: 1, journal: false } },
    )
  }

  /**
   * Finds the events that wait in the same documents before or between the given ones. Several processes store events in a
   * document in turn, and each relay is offered only the events of its process.
   * @returns for each document with such events, all its events up to the last given one, in order
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
      // MongoDB reads in the order of the index `outbox`: by the oldest event of each document.
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

/** An update that removes events from the outbox. It removes the field `outbox` with the last event. */
function withoutEvents(ids: string[]) {
  const left = {
    $filter: { input: '$outbox', cond: { $not: { $in: ['$$this.event.id', { $literal: ids }] } } },
  }
  const none = { $eq: [{ $size: { $ifNull: [left, []] } }, 0] }
  return [{ $set: { outbox: { $cond: [none, '$$REMOVE', left] } } }]
}
