import type { Fetched } from '../records/fetched-record.ts'
import type { IncomingMessage } from '../records/message.ts'
import { type Delivery, deliver } from './deliver.ts'
import { type Place, undecodableError } from './undecodable.ts'

/**
 * The most messages that a handler gets at once. The work between two heartbeats must take a few seconds at most, and a
 * compressed batch can hold hundreds of thousands of small messages.
 */
const MAX_AT_ONCE = 500

/**
 * Delivers the records that a fetch returned for one partition, in parts. Marks each part as handled (`resolveOffset`)
 * before it delivers the next part.
 * @throws Interrupted; DaybookError DAYBOOK_KAFKA_BATCH_UNDECODABLE at a batch that can't be decoded, after all records
 *   before the batch are delivered
 */
export async function deliverFetched(
  fetched: Fetched[],
  options: { delivery: Delivery; place: Place; resolveOffset: (offset: string) => void },
): Promise<void> {
  const { delivery, place, resolveOffset } = options
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
  if (undecodable !== undefined) throw undecodableError(undecodable, place)
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
