export {
  type EmbeddedEvent,
  embeddedOutbox,
  type OutboxEntry,
  outboxEntries,
  outboxIndex,
  type WithOutbox,
} from './embedded-outbox.ts'
export { type Outbox, type Relay, type RelayOptions, startRelay } from './relay.ts'
export { sweepLease } from './sweep-lease.ts'
