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

const record: Fetched = {
  ...{ offset: '2', timestamp: '0', isControlRecord: false, key: null, value: null },
  ...{ headers: {}, exactHeaders: [] },
  batchContext: { firstOffset: '2', lastOffsetDelta: 0, producerId: '-1', inTransaction: true },
}

const deliver = async (fetched: Fetched[], last: bigint, end: bigint) => {
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
  await deliverFetched(fetched, { delivery, place, last, end, resolveOffset })
  return seen
}

test('a consumer is told where it continues after a batch that it skips, at most at the end of the partition', async t => {
  t.match(await deliver([undecodable], 6n, 9n), [/skipped/, '6', [3, 7n]])
  t.match(await deliver([undecodable], 6n, 5n), [/skipped/, '4', [3, 5n]])
})

test('a consumer is told of the mark of a transaction behind the last record', async t => {
  t.strictSame(await deliver([record], 3n, 4n), ['2', [3, 4n]])
  t.strictSame(await deliver([record], 2n, 4n), ['2'])
})
