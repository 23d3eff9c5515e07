import type { Envelope } from '@daybook/shared/events'
import type { EmbeddedEvent, Outbox, OutboxEntry, WithOutbox } from '@daybook/shared/outbox'
import type { Collection } from './collection.ts'
import { without } from './copy.ts'

/** `embeddedOutbox` over a collection in memory. */
export function memoryOutbox<Document extends WithOutbox>(
  documents: Collection<Document>,
  publish: (events: Envelope[]) => Promise<unknown>,
): Outbox<EmbeddedEvent> {
  async function markPublished(events: EmbeddedEvent[]): Promise<void> {
    const ids = idsOf(events)
    for (const document of documentsOf(events))
      await documents.update(
        document,
        () => true,
        stored => withoutEvents(stored, ids),
      )
  }

  async function waitingAhead(given: EmbeddedEvent[]): Promise<EmbeddedEvent[]> {
    const ids = idsOf(given)
    const found = await documents.getAll(documentsOf(given))
    return found.flatMap(({ _id: document, outbox = [] }) => {
      if (outbox.every(({ event }) => ids.has(event.id))) return []
      const last = outbox.findLastIndex(({ event }) => ids.has(event.id))
      return outbox.slice(0, last + 1).map(({ event }) => ({ document, event }))
    })
  }

  return {
    markPublished,
    async publish(given) {
      const ahead = await waitingAhead(given)
      const ids = idsOf(ahead)
      const others = given.filter(({ event }) => !ids.has(event.id))
      await publish([...ahead, ...others].map(({ event }) => event))
      if (ahead.length > 0) await markPublished(ahead)
    },
    async leftBehind(age, limit) {
      const before = Date.now() - age
      const found = await documents.find(({ outbox = [] }) => outbox.some(one => timeOf(one) < before))
      return found
        .sort((a, b) => oldestOf(a) - oldestOf(b))
        .flatMap(({ _id: document, outbox = [] }) => outbox.map(({ event }) => ({ document, event })))
        .slice(0, limit)
    },
  }
}

const timeOf = ({ storedAt }: OutboxEntry) => storedAt.getTime()
const oldestOf = ({ outbox = [] }: WithOutbox) => Math.min(...outbox.map(timeOf))
const idsOf = (events: EmbeddedEvent[]) => new Set(events.map(({ event }) => event.id))
const documentsOf = (events: EmbeddedEvent[]) => [...new Set(events.map(({ document }) => document))]

function withoutEvents<Document extends WithOutbox>(stored: Document, ids: Set<string>): Document {
  const { outbox = [] }: WithOutbox = stored
  const left = outbox.filter(({ event }) => !ids.has(event.id))
  return left.length > 0 ? { ...stored, outbox: left } : (without(stored, 'outbox') as Document)
}
