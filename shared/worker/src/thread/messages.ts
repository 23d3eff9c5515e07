import type { KafkaSettings } from '../../../src/config/kafka-settings.ts'
import type { Api } from '../client/request.ts'
import type { AbortReason } from '../errors.ts'
import type { Due } from '../handling/due.ts'
import type { BrokerTime } from '../handling/may-start.ts'
import type { AttemptOutcome, ReturnReason } from '../handling/outcome.ts'
import type { GroupRequest } from '../handling/spawning.ts'
import type { Progress } from '../types.ts'

/**
 * What the two threads of a worker say to each other. The main thread runs handlers. The other thread talks to Kafka, so
 * that a handler that never pauses can't stop the beats. `hold` names an attempt.
 */

export type ToThread =
  /** The handler begins. */
  | { type: 'begun'; hold: string }
  | { type: 'progressed'; hold: string; progress: Progress }
  /** Add jobs; answered by `spawned` with the same id. */
  | { type: 'spawn'; id: number; request: GroupRequest; traceparent: string | undefined }
  /** The outcome is known. After a hard timeout the handler may still run. */
  | { type: 'ended'; hold: string; outcome: AttemptOutcome }
  /** The handler has ended: its slot is free. */
  | { type: 'settled'; hold: string }
  /** Stop: the first time in peace, the second time at once. */
  | { type: 'stop' }

export type FromThread =
  | { type: 'run'; hold: string; due: Due; time: BrokerTime }
  | { type: 'abort'; hold: string; reason: AbortReason & ReturnReason }
  | { type: 'spawned'; id: number; error?: string }
  /** Everything is reported, and the process is to end. */
  | { type: 'stopped'; code: number }

/** What the thread knows from its start. */
export interface ThreadData {
  kafka: KafkaSettings
  logLevel: string
  name: string
  version: string
  lanes: string[]
  kinds: string[]
  slots: number
  stopTimeout: number
  graceTime: number
  /** How long the scheduler lets a worker keep its attempts without a beat, in milliseconds. */
  leaseMs: number
  /** The scheduler's REST API; undefined if not set. */
  api: Api | undefined
  /** One 64-bit number: when the main thread was last idle, by the monotonic clock in milliseconds. */
  lastIdle: SharedArrayBuffer
}

/** Milliseconds between two signs of life of the main thread. */
export const SIGN_OF_LIFE_MS = 250
