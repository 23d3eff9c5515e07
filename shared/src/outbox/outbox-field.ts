import { Schema, type SchemaDefinitionProperty } from 'mongoose'
import type { Envelope } from '../events/envelope.ts'
import { absentArray, partSchemaOf } from '../mongo/model.ts'

/**
 * A document that carries its own outbox: one update changes its state and stores the event about the change. A crash
 * cannot separate the two, so no transaction is needed.
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

/** The values that an update pushes to `outbox` to store events. */
export const outboxEntries = (events: Envelope[]): OutboxEntry[] =>
  events.map(event => ({ event, storedAt: new Date() }))

// Mixed, because the data of an event may have any shape.
const entrySchema = partSchemaOf<OutboxEntry>({ event: Schema.Types.Mixed, storedAt: Date })

/** The field `outbox` of a schema: `schemaOf<Run>({ …, outbox: outboxField })`. */
export const outboxField = { type: [entrySchema], ...absentArray } satisfies SchemaDefinitionProperty

/**
 * The index that a sweep reads, as the arguments of `schema.index(...outboxIndex)`. Sparse, so that it holds only
 * documents with an event to publish.
 */
export const outboxIndex = [{ 'outbox.storedAt': 1 }, { name: 'outbox', sparse: true }] as const
