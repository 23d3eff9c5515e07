import { type Fetched, offsetAfter } from '../records/fetched-record.ts'
import type { IncomingMessage } from '../records/message.ts'
import type { ConsumerOptions } from './consumer-options.ts'
import { type Delivery, deliver } from './deliver.ts'
import { type Place, skippedError, undecodableError } from './undecodable.ts'

/**
 * The most messages that a handler gets at once. The work between two heartbeats must take a few seconds at most, and a
 * compressed batch can hold hundreds of thousands of small messages.
 */
const MAX_AT_ONCE = 500

interface Options {
  delivery: Delivery & Pick<ConsumerOptions, 'skipUndecodable' | 'onPassed'>
  place: Place
  /** The offset of the last record that was fetched, also one that kafkajs filters out. */
  last: bigint
  /** The end of the partition: the offset after its last record. */
  end: bigint
  /** Marks everything up to an offset as handled. */
  resolveOffset: (offset: string) => void
}

/**
 * Delivers the records that a fetch returned for one partition, in parts. Marks each part as handled (`resolveOffset`)
 * before it delivers the next part.
 * @throws Interrupted; DaybookError DAYBOOK_KAFKA_BATCH_UNDECODABLE at a batch that can't be decoded, after all records
 *   before the batch are delivered, unless the consumer skips such batches
 */
export async function deliverFetched(
  fetched: Fetched[],
  { delivery, place, last, end, resolveOffset }: Options,
): Promise<void> {
  const undecodable = fetched.at(-1)?.undecodable
  const records = undecodable === undefined ? fetched : fetched.slice(0, -1)
  for (let i = 0; i < records.length; i += MAX_AT_ONCE) {
    const part = records.slice(i, i + MAX_AT_ONCE)
    await delivery.heartbeat()
    await deliver(
      part.map(record => incoming(record, place)),
      delivery,
    )
    resolveOffset(part.at(-1)?.offset ?? '')
  }
  if (undecodable === undefined) {
    // kafkajs resolves the marks of transactions behind the last record together with it.
    if (last > BigInt(records.at(-1)?.offset ?? last)) delivery.onPassed?.(place.partition, last + 1n)
    return
  }
  if (delivery.skipUndecodable === undefined) throw undecodableError(undecodable, place)
  delivery.skipUndecodable(skippedError(undecodable, place))
  const next = offsetAfter(undecodable, end)
  resolveOffset(String(next - 1n))
  delivery.onPassed?.(place.partition, next)
}

function incoming(record: Fetched, { topic, partition }: Place): IncomingMessage {
  return {
    topic,
    partition,
    offset: BigInt(record.offset),
    timestamp: Number(record.timestamp ?? -1),
    key: record.key,
    value: record.value,
    get headers() {
      return record.exactHeaders
    },
  }
}
