import kafkajs, { type Kafka, type SASLOptions } from 'kafkajs'
import type { Logger } from 'pino'
import { addOutageRule } from '../failures/outage.ts'
import { kafkaOutage } from './failures/outages.ts'
import { kafkaLog } from './log.ts'
import { hideAbortedTransactions } from './patches/aborted-transactions.ts'
import { concurrentPartitions } from './patches/concurrent-partitions.ts'
import { keepRefusals } from './patches/coordinator-refusals.ts'
import { decodeFetched } from './patches/decode-fetched.ts'
import { encodeRecords } from './patches/encode-records.ts'
import { askForHighWatermarks } from './patches/high-watermarks.ts'
import { waitAtBrokers } from './patches/idle-fetches.ts'
import { quietRequestQueue } from './patches/quiet-request-queue.ts'
import { refuseOffsetReset } from './patches/refuse-offset-reset.ts'
import { registerCodecs } from './patches/register-codecs.ts'
import { rejoinOnce } from './patches/rejoin-once.ts'

/** The encryption and the login of connections to the brokers. */
export interface Security {
  /**
   * Encrypts connections, if set. All values are PEM. `ca` is the authority that signs the brokers' certificates; default:
   * the well-known authorities. `cert` is the client's certificate and `key` its key.
   */
  tls?: { ca?: string | undefined; cert?: string | undefined; key?: string | undefined } | undefined
  /** Logs in, if set. */
  sasl?: SASLOptions | undefined
}

quietRequestQueue()
refuseOffsetReset()
registerCodecs()
decodeFetched()
encodeRecords()
hideAbortedTransactions()
askForHighWatermarks()
rejoinOnce()
concurrentPartitions()
keepRefusals()
waitAtBrokers()

addOutageRule(kafkaOutage)

/**
 * The longest time in milliseconds before consumers and producers read a topic's metadata again. They notice added
 * partitions within this time; docs/operations.md promises one minute. The default of kafkajs is five minutes.
 */
export const METADATA_MAX_AGE = 20_000

/** Makes a kafkajs client. It opens no connection yet. */
export function makeClient({
  brokers,
  service,
  tls,
  sasl,
  log,
}: Security & { brokers: string[]; service: string; log: Logger }): Kafka {
  return new kafkajs.Kafka({
    brokers,
    clientId: `daybook-${service}`,
    ...(tls ? { ssl: tls } : {}),
    ...(sasl ? { sasl } : {}),
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => kafkaLog(log),
    connectionTimeout: 3000,
    retry: { initialRetryTime: 100, maxRetryTime: 3000, retries: 5 },
  })
}
