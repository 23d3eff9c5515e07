import t from 'tap'
import {
  type Consumer,
  type GroupLag,
  type LagHistory,
  lagsOf,
  noteLags,
  trendOf,
} from '../../src/now/lag.ts'

const consumer = (partitions: [lag: string, behindSeconds?: number][], facts: Partial<Consumer> = {}) => ({
  ...{ group: 'g', topic: 't', state: 'consuming', measuredAt: '2026-11-27T10:00:00.000Z' },
  partitions: partitions.map(([lag, behindSeconds], partition) => ({
    ...{ partition, position: '1', lag },
    ...(behindSeconds === undefined ? {} : { behindSeconds }),
  })),
  ...facts,
})

t.test('a group is as far behind as its slowest partition', async t => {
  t.strictSame(lagsOf([consumer([['0'], ['7', 3], ['2', 12]])]), [
    { group: 'g', topic: 't', trouble: undefined, records: 9, seconds: 12 },
  ])
})

t.test('the partitions that other processes consume count, when the process tells them', async t => {
  const [own, group] = [consumer([['1', 2]]), consumer([['1', 2], ['40', 90], ['0']])]
  t.match(lagsOf([{ ...own, groupPartitions: group.partitions }]), [{ records: 41, seconds: 90 }])
  t.match(lagsOf([{ ...own, groupPartitions: [] }]), [{ records: 0, seconds: 0 }])
  t.match(lagsOf([own]), [{ records: 1, seconds: 2 }])
})

t.test('a lag that was not measured is not 0', async t => {
  const [unmeasured, unknown] = lagsOf([consumer([['0']], { measuredAt: null }), consumer([['4']])])
  t.match(unmeasured, { records: 0, seconds: undefined })
  t.match(unknown, { records: 4, seconds: undefined })
  t.match(lagsOf([consumer([['0']])]), [{ seconds: 0, trouble: undefined }])
})

t.test('a group that does not consume says why', async t => {
  t.match(lagsOf([consumer([], { state: 'waits for MongoDB' })]), [{ trouble: 'waits for MongoDB' }])
})

t.test('a lag grows or shrinks when it has changed by seconds within a minute', async t => {
  const lag = (seconds: number | undefined): GroupLag => ({
    ...{ group: 'g', topic: 't', trouble: undefined, records: 1, seconds },
  })
  const after = (...seconds: (number | undefined)[]) =>
    seconds.reduce<LagHistory>((history, one) => noteLags(history, [lag(one)]), new Map())
  t.equal(trendOf(after(2, 4, 3), lag(3)), 'steady')
  t.equal(trendOf(after(2, 10, 20), lag(20)), 'grows')
  t.equal(trendOf(after(20, 10, 2), lag(2)), 'shrinks')
  t.equal(trendOf(after(0, 50, 50, 50, 50, 50, 50, 50), lag(50)), 'steady', 'looks of a minute count')
  t.equal(trendOf(after(0, undefined, 50), lag(50)), 'steady', 'a gap begins anew')
  t.equal(trendOf(new Map(), lag(50)), 'steady')
})
