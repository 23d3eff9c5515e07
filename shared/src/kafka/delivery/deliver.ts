import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { boundedText } from '../../failures/bounded-text.ts'
import { DaybookError } from '../../failures/errors.ts'
import { backoff, outageReason } from '../../failures/outage.ts'
import { waitLog } from '../../failures/wait-log.ts'
import type { IncomingMessage } from '../records/message.ts'
import { Interrupted } from './interrupted.ts'

/** The number of attempts that fail without an outage before a message is parked. */
export const ATTEMPTS = 5

/** How a consumer delivers its messages. */
export interface Delivery {
  /**
   * Handles messages of one partition, in order. Must be idempotent. Calls `heartbeat` at least every few seconds.
   */
  handle: (messages: IncomingMessage[], heartbeat: () => Promise<void>) => Promise<void>
  /** Stores a message that can never succeed as a dead letter. */
  park: (message: IncomingMessage, error: Error, attempts: number) => Promise<void>
  /**
   * Called with the reason while delivery waits, and with undefined when it continues. The reason is an outage, or a
   * DaybookError DAYBOOK_DEAD_LETTER_NOT_STORED, which needs an operator.
   */
  onWait: (reason: Error | undefined) => void
  heartbeat: () => Promise<void>
  signal: AbortSignal
  log: Logger
}

/**
 * Delivers messages until each is handled or parked, so that the caller can commit their offsets. During an outage it
 * waits. When a batch fails for another reason, delivers its messages one by one, and parks the messages that fail again.
 * @throws Interrupted: the caller must commit nothing
 */
export async function deliver(messages: IncomingMessage[], delivery: Delivery): Promise<void> {
  const failure = await tryUntilNoOutage(() => delivery.handle(messages, delivery.heartbeat), delivery)
  if (failure === undefined) return
  if (messages.length === 1) return retryOrPark(messages, failure, delivery)
  for (const message of messages) {
    await delivery.heartbeat()
    await deliver([message], delivery)
  }
}

async function retryOrPark(single: IncomingMessage[], first: Error, delivery: Delivery): Promise<void> {
  let failure: Error | undefined = first
  for (let attempt = 2; failure !== undefined && attempt <= ATTEMPTS; attempt += 1) {
    await pause(backoff(attempt - 1), delivery)
    failure = await tryUntilNoOutage(() => delivery.handle(single, delivery.heartbeat), delivery)
  }
  const [message] = single
  if (failure === undefined || message === undefined) return
  const error = failure
  delivery.log.error(
    { err: error, topic: message.topic, partition: message.partition, offset: String(message.offset) },
    'parking a message that fails',
  )
  await parkUntilStored(message, error, delivery)
}

/** Retries without a limit: a message that is neither handled nor parked must not be committed. */
async function parkUntilStored(message: IncomingMessage, error: Error, delivery: Delivery): Promise<void> {
  const { topic, partition, offset } = message
  for (let n = 1; ; n += 1) {
    const failure = await tryUntilNoOutage(() => delivery.park(message, error, ATTEMPTS), delivery)
    if (failure === undefined) return delivery.onWait(undefined)
    const blocked = new DaybookError(
      'DAYBOOK_DEAD_LETTER_NOT_STORED',
      `The message ${topic}/${partition}/${offset} can't be handled (${boundedText(error.message)}) and can't be stored as a dead letter (${boundedText(failure.message)})`,
      { cause: failure },
    )
    delivery.log.error({ code: blocked.code, err: failure, attempt: n }, blocked.message)
    delivery.onWait(blocked)
    await pause(backoff(n), delivery)
  }
}

/**
 * Repeats an attempt while outages prevent it.
 * @returns the error of the attempt when it is no outage; undefined when the attempt succeeded
 */
async function tryUntilNoOutage(
  attempt: () => Promise<void>,
  delivery: Delivery,
): Promise<Error | undefined> {
  const waiting = waitLog(delivery.log, 'waiting for an outage to end')
  for (let n = 1; ; n += 1) {
    try {
      await attempt()
      if (n > 1) delivery.onWait(undefined)
      waiting.succeeded()
      return undefined
    } catch (error) {
      if (error instanceof Interrupted) throw error
      const failure = error instanceof Error ? error : new Error(String(error))
      const reason = outageReason(failure)
      if (reason === undefined) return failure
      waiting.failed(failure, reason, n)
      delivery.onWait(reason)
      await pause(backoff(n), delivery)
    }
  }
}

/** Sleeps, with a heartbeat each second, so that this consumer keeps the partition. */
async function pause(ms: number, { heartbeat, signal }: Delivery): Promise<void> {
  for (let left = ms; left > 0; left -= 1000) {
    try {
      await sleep(Math.min(left, 1000), undefined, { signal })
    } catch (error) {
      throw new Interrupted('the consumer is stopping', { cause: error })
    }
    await heartbeat()
  }
}
