import { setTimeout as sleep } from 'node:timers/promises'
import type { Consumer } from 'kafkajs'
import { backoff } from '../failures/outage.ts'
import type { Authorization, Operation } from './failures/authorization.ts'

interface Options {
  group: string
  operation: Operation
  authorization: Authorization
  run: () => Promise<void>
  /** Called with the refusal while the brokers do not authorize the consumer, and with undefined once they do. */
  onWait: (reason: Error | undefined) => void
  /** Called with any other error. */
  onCrash: (error: Error) => void
  signal: AbortSignal
}

/**
 * Restarts a consumer while the brokers do not authorize it: kafkajs gives up then.
 * @returns the handler of the error with which kafkajs gave up
 */
export function runAgain(consumer: Consumer, options: Options): (error: Error) => void {
  const { group, operation, authorization, run, onWait, onCrash, signal } = options
  let refusals = 0
  // Only a fetch shows that the consumer may read: joining the group needs another right.
  consumer.on(consumer.events.FETCH, () => {
    if (refusals === 0) return
    refusals = 0
    authorization.granted(group)
    onWait(undefined)
  })

  async function again(): Promise<void> {
    try {
      await sleep(backoff(refusals), undefined, { signal })
      await run()
    } catch (error) {
      if (!signal.aborted) onCrash(error as Error)
    }
  }

  return error => {
    const refusal = authorization.refused(group, operation, error)
    if (refusal === undefined) return onCrash(error)
    refusals += 1
    onWait(refusal)
    void again()
  }
}
