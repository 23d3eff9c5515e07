import type { Consumer } from 'kafkajs'
import type { ConsumerOptions } from './consumer-options.ts'

/**
 * Tells when a consumer passes what kafkajs filters out of a fetch: the marks of transactions, and the records of aborted ones. It does
 * not pass a batch with nothing else to `eachBatch`.
 * @returns a function to call with the partition of each batch that `eachBatch` gets
 */
export function passFiltered(
  consumer: Pick<Consumer, 'on' | 'events'>,
  onPassed: ConsumerOptions['onPassed'],
): (partition: number) => void {
  const { START_BATCH_PROCESS, END_BATCH_PROCESS } = consumer.events
  // Of a batch that `eachBatch` gets, the events do not say whether it was handled or was stale.
  const given = new Set<number>()
  consumer.on(START_BATCH_PROCESS, ({ payload }) => void given.delete(payload.partition))
  consumer.on(END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
    if (!given.has(partition)) onPassed?.(partition, BigInt(lastOffset) + 1n)
  })
  return partition => void given.add(partition)
}
