import type { mongo } from 'mongoose'
import type { Envelope } from '../events/envelope.ts'
import type { Outbox } from './relay.ts'

/**
 * A document that carries its own outbox: the update that changes its state also stores the event which says so, and
 * so no crash falls between the two, without a transaction.
 */
export interface WithOutbox {
  _id: string
  /** Absent when everything is published. */
  outbox?: OutboxEntry[]
}

export interface OutboxEntry {
  event: Envelope
  storedAt: Date
}

/** An event and the document it waits in. */
export interface EmbeddedEvent {
  document: string
  event: Envelope
}

/** What an update pushes to `outbox` to store events. */
export const outboxEntries = (events: Envelope[]): OutboxEntry[] =>
  events.map(event => ({ event, storedAt: new Date() }))

// What waits after a long outage need not fit into memory: the next sweep follows at once, and takes what is left.
const MOST_LEFT = 1000

/** The index that a sweep needs: sparse, so that it holds only documents with something to publish. */
export const outboxIndex = { key: { 'outbox.storedAt': 1 }, name: 'outbox', sparse: true } as const

/** The outbox of a collection whose documents carry their own. */
export function embeddedOutbox<T extends WithOutbox>(
  documents: mongo.Collection<T>,
  publish: (events: Envelope[]) => Promise<void>,
): Outbox<EmbeddedEvent> {
  // Of these documents nothing but the outbox is read or written here.
  const collection = documents as unknown as mongo.Collection<WithOutbox>
  return {
    publish: events => publish(events.map(({ event }) => event)),
    async markPublished(events) {
      const byDocument = Map.groupBy(events, ({ document }) => document)
      const updates = [...byDocument].map(([_id, published]) => ({
        updateOne: { filter: { _id }, update: withoutEvents(published.map(({ event }) => event.id)) },
      }))
      await collection.bulkWrite(updates, { ordered: false })
    },
    async leftBehind(age) {
      const before = new Date(Date.now() - age)
      const waiting = collection.find(
        { 'outbox.storedAt': { $lt: before } },
        { projection: { outbox: 1 }, batchSize: 10 },
      )
      const found: EmbeddedEvent[] = []
      for await (const { _id, outbox = [] } of waiting) {
        for (const { event } of outbox) found.push({ document: _id, event })
        if (found.length >= MOST_LEFT) break
      }
      return found
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
