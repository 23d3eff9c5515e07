import type { Connection } from 'mongoose'
import type { WithOutbox } from './outbox-field.ts'

// So many documents with waiting events are counted.
const MAX_COUNTED = 1000

/**
 * Makes the function that looks for events in the outboxes of a collection that were stored before an instant. It reads only the
 * index `outbox`.
 * @returns how many documents have some, and since when; undefined when there are none
 */
export function waitingEvents(connection: Connection, collection: string) {
  const documents = connection.collection<WithOutbox>(collection)
  return async (before: Date): Promise<{ count: number; more: boolean; since: Date } | undefined> => {
    const old = { 'outbox.storedAt': { $lt: before } }
    const oldest = documents
      .find(old, { projection: { 'outbox.storedAt': 1 } })
      .sort({ 'outbox.storedAt': 1 })
      .limit(1)
    const [[first], count] = await Promise.all([
      oldest.toArray(),
      documents.countDocuments(old, { limit: MAX_COUNTED + 1, hint: 'outbox' }),
    ])
    const since = first?.outbox?.[0]?.storedAt
    if (since === undefined) return undefined
    return { count: Math.min(count, MAX_COUNTED), more: count > MAX_COUNTED, since }
  }
}
