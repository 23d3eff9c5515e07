import { setTimeout as sleep } from 'node:timers/promises'
import type { Consumer } from 'kafkajs'
import { backoff } from '../failures/outage.ts'
import type { Authorization, Operation } from './failures/authorization.ts'

interface Options {
  group: string
  operation: Operation
  authorization: Authorization
  run: () => Promise<void>
  /** Called with a refusal, and with undefined once it is over. */
  onWait: (reason: Error | undefined) => void
  /** Called with any other error. */
  onCrash: (error: Error) => void
  signal: AbortSignal
}

/**
 * Runs a consumer again for as long as the brokers do not authorize it, where kafkajs gives up.
 * @returns what takes the error with which kafkajs gave up
 */
export function runAgain(consumer: Consumer, options: Options): (error: Error) => void {
  const { group, operation, authorization, run, onWait, onCrash, signal } = options
  let refusals = 0
  // A group that is joined says nothing yet about the right to read: only a fetch does.
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
