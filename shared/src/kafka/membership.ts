import type { Consumer } from 'kafkajs'
import { DaybookError } from '../failures/errors.ts'

/** What is known of a consumer's life in its group, from the events that kafkajs emits. */
export interface Membership {
  joined: () => boolean
  stop: () => void
}

// Idle, a consumer fetches every second; while it waits for an outage it heartbeats.
const STALLED = 120_000

/**
 * Watches a consumer.
 * @param fail is called with what only a new start can mend: kafkajs gave up, or has shown no sign of life for 2 min
 */
export function watchMembership(consumer: Consumer, group: string, fail: (error: Error) => void): Membership {
  let joined = false
  const watchdog = setTimeout(() => {
    const message = `The consumer ${group} has shown no sign of life for ${STALLED / 1000} s`
    fail(new DaybookError('DAYBOOK_KAFKA_CONSUMER_STALLED', message))
  }, STALLED)

  const { GROUP_JOIN, REBALANCING, CRASH, FETCH, HEARTBEAT, END_BATCH_PROCESS } = consumer.events
  for (const sign of [GROUP_JOIN, REBALANCING, CRASH, FETCH, HEARTBEAT, END_BATCH_PROCESS] as const) {
    consumer.on(sign as typeof FETCH, () => void watchdog.refresh())
  }
  consumer.on(GROUP_JOIN, () => {
    joined = true
  })
  consumer.on(REBALANCING, () => {
    joined = false
  })
  consumer.on(CRASH, ({ payload: { error, restart } }) => {
    joined = false
    if (!restart) fail(asFailure(error))
  })
  return { joined: () => joined, stop: () => clearTimeout(watchdog) }
}

function asFailure(error: Error): DaybookError {
  if (error.cause instanceof DaybookError) return error.cause
  const message = `A consumer ended for good, and only a new start can mend it: ${error.message}`
  return new DaybookError('DAYBOOK_KAFKA_CONSUMER_CRASHED', message, { cause: error })
}
