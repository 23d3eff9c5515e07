import { test } from 'tap'
import { deliverFetched } from '../../../src/kafka/delivery/deliver-fetched.ts'
import { type Fetched, withoutRecord } from '../../../src/kafka/records/fetched-record.ts'
import { silent } from '../../support/index.ts'

/** An entry for a batch from offset 4, which says that it ends at offset 6. */
const undecodable: Fetched = withoutRecord({
  offset: '6',
  isControlRecord: false,
  batchContext: { firstOffset: '4', lastOffsetDelta: 2, producerId: '-1', inTransaction: false },
  undecodable: { baseOffset: 4n, lastOffset: 6n, codec: 'gzip', reason: 'broken', bytes: Buffer.alloc(0) },
})

const deliver = async (end: bigint) => {
  const seen: unknown[] = []
  const delivery = {
    handle: async () => undefined,
    park: async () => undefined,
    onWait: () => undefined,
    heartbeat: async () => undefined,
    signal: new AbortController().signal,
    log: silent,
    skipUndecodable: ({ message }: Error) => void seen.push(message),
    onPassed: (partition: number, next: bigint) => void seen.push([partition, next]),
  }
  const place = { service: 'gateway', prefix: '', topic: 'daybook.tasks', partition: 3 }
  const resolveOffset = (offset: string) => void seen.push(offset)
  await deliverFetched([undecodable], { delivery, place, end, resolveOffset })
  return seen
}

test('a consumer is told where it continues after a batch that it skips, at most at the end of the partition', async t => {
  t.match(await deliver(9n), [/skipped/, '6', [3, 7n]])
  t.match(await deliver(5n), [/skipped/, '4', [3, 5n]])
})
