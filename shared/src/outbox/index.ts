export {
  type EmbeddedEvent,
  embeddedOutbox,
  type OutboxEntry,
  outboxEntries,
  outboxIndex,
  type WithOutbox,
} from './embedded-outbox.ts'
export { type Outbox, type Relay, startRelay } from './relay.ts'
