export { type EmbeddedEvent, embeddedOutbox } from './embedded-outbox.ts'
export { type OutboxEntry, outboxEntries, outboxField, outboxIndex, type WithOutbox } from './outbox-field.ts'
export { type Outbox, type Relay, type RelayOptions, startRelay } from './relay.ts'
export { sweepLease } from './sweep-lease.ts'
