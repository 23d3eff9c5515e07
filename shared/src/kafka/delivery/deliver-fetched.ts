import type { Fetched } from '../records/fetched-record.ts'
import type { IncomingMessage } from '../records/message.ts'
import { type Delivery, deliver } from './deliver.ts'
import { type Place, undecodableError } from './undecodable.ts'

/**
 * The most messages that a handler gets at once. A batch may hold any number of small ones, hundreds of thousands where
 * it is compressed, and between two heartbeats there may be only so much work as is done in a few seconds.
 */
const MOST_AT_ONCE = 500

/**
 * Delivers what a fetch has brought of one partition. Each part counts as handled (`resolveOffset`) before the next.
 * @throws Interrupted; DaybookError DAYBOOK_KAFKA_BATCH_UNDECODABLE where a batch can't be decoded, when all records
 *   before it are delivered
 */
export async function deliverFetched(
  fetched: Fetched[],
  options: { delivery: Delivery; place: Place; resolveOffset: (offset: string) => void },
): Promise<void> {
  const { delivery, place, resolveOffset } = options
  const undecodable = fetched.at(-1)?.undecodable
  const records = undecodable === undefined ? fetched : fetched.slice(0, -1)
  for (let i = 0; i < records.length; i += MOST_AT_ONCE) {
    const part = records.slice(i, i + MOST_AT_ONCE)
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
    key: record.key,
    value: record.value,
    get headers() {
      return record.exactHeaders
    },
  }
}
