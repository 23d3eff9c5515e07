import kafkajs, { type Kafka, type SASLOptions } from 'kafkajs'
import type { Logger } from 'pino'
import { addOutageRule } from '../failures/outage.ts'
import { kafkaOutage } from './failures/outages.ts'
import { kafkaLog } from './log.ts'
import { hideAbortedTransactions } from './patches/aborted-transactions.ts'
import { keepRefusals } from './patches/coordinator-refusals.ts'
import { decodeFetched } from './patches/decode-fetched.ts'
import { encodeRecords } from './patches/encode-records.ts'
import { askForHighWatermarks } from './patches/high-watermarks.ts'
import { quietRequestQueue } from './patches/quiet-request-queue.ts'
import { refuseOffsetReset } from './patches/refuse-offset-reset.ts'
import { registerCodecs } from './patches/register-codecs.ts'
import { rejoinOnce } from './patches/rejoin-once.ts'

/** How connections to the brokers are secured. */
export interface Security {
  /**
   * Encrypts them, if set. All is PEM: who signs the brokers' certificates, if not the well-known authorities; and a
   * certificate of our own, with its key.
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
keepRefusals()

addOutageRule(kafkaOutage)

/**
 * How old, in milliseconds, what a consumer or producer knows about a topic may become. Partitions that are added are
 * noticed after this time; docs/operations.md promises one minute. The default of kafkajs is five.
 */
export const METADATA_MAX_AGE = 20_000

/** Makes a client of kafkajs; it connects to nothing yet. */
export function makeClient({
  brokers,
  clientId,
  tls,
  sasl,
  log,
}: Security & { brokers: string[]; clientId: string; log: Logger }): Kafka {
  return new kafkajs.Kafka({
    brokers,
    clientId,
    ...(tls ? { ssl: tls } : {}),
    ...(sasl ? { sasl } : {}),
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => kafkaLog(log),
    connectionTimeout: 3000,
    retry: { initialRetryTime: 100, maxRetryTime: 3000, retries: 5 },
  })
}
