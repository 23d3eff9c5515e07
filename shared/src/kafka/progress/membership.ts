import type { Consumer } from 'kafkajs'
import { DaybookError } from '../../failures/errors.ts'

/** The membership of a consumer in its group, known from the events that kafkajs emits. */
export interface Membership {
  joined: () => boolean
  /** Says for how long kafkajs has emitted no event of each kind. */
  lastSigns: () => string
  stop: () => void
}

// Milliseconds. An idle consumer sends heartbeats while it fetches; a consumer that waits for an outage to end sends heartbeats.
const STALLED_MS = 120_000

/**
 * Watches whether a consumer is in its group and alive.
 * @param fail called when only a restart helps: kafkajs gave up, or emitted no event for two minutes
 */
export function watchMembership(consumer: Consumer, group: string, fail: (error: Error) => void): Membership {
  let joined = false
  const watchdog = setTimeout(() => {
    const message = `The consumer ${group} has not fetched, sent a heartbeat or joined its group for ${STALLED_MS / 1000} s`
    fail(new DaybookError('DAYBOOK_KAFKA_CONSUMER_STALLED', message))
  }, STALLED_MS)

  const { GROUP_JOIN, REBALANCING, CRASH, FETCH, HEARTBEAT, END_BATCH_PROCESS } = consumer.events
  const signs = { GROUP_JOIN, REBALANCING, CRASH, FETCH, HEARTBEAT, END_BATCH_PROCESS } as const
  const seenAt = new Map<string, number>()
  for (const [name, sign] of Object.entries(signs)) {
    consumer.on(sign as typeof FETCH, () => {
      watchdog.refresh()
      seenAt.set(name, performance.now())
    })
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
  return {
    joined: () => joined,
    lastSigns() {
      const now = performance.now()
      const ages = [...seenAt].map(([name, at]) => `${name} ${((now - at) / 1000).toFixed(1)} s`)
      return `Time since the last events of kafkajs: ${ages.join(', ') || 'none yet'}`
    },
    stop: () => clearTimeout(watchdog),
  }
}

function asFailure(error: Error): DaybookError {
  if (error.cause instanceof DaybookError) return error.cause
  const message = `A consumer ended and will not start again without a restart of the service: ${error.message}`
  return new DaybookError('DAYBOOK_KAFKA_CONSUMER_CRASHED', message, { cause: error })
}
