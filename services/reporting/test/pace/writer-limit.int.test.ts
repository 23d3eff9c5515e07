import { until } from '@daybook/shared/testing'
import t from 'tap'
import { openWriterLimits } from '../../src/pace/writer-limit-store.ts'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

const DAY = '2026-07-05'

t.test('the limit of log writers', async t => {
  const bench = await makeBench(t)
  const { db } = bench.stack
  const limits = openWriterLimits(db)
  const document = () => db.collection('writer_limits').findOne({})

  t.test('the first limits, set at the same time, count one after the other', async t => {
    for (let round = 0; round < 20; round += 1) {
      await db.collection('writer_limits').deleteMany({})
      const first = [1, 2, 3, 4].map(total => openWriterLimits(db).set({ perProcess: null, total }))
      const set = await Promise.all(first)
      t.strictSame(set.map(({ version }) => version).sort(), [1, 2, 3, 4])
    }
  })

  t.test(
    'batches of all processes begin one after the other, as many files apart as the limit says',
    async t => {
      const { version } = await limits.set({ perProcess: null, total: 100 })
      const files = [30, 250, 1, 70, 4]
      const starts: [number, number][] = []
      for (const count of files) {
        await limits.reserve(count, version)
        starts.push([(await document())?.start.getTime(), count])
      }
      for (const [i, [start, count]] of starts.slice(0, -1).entries())
        t.ok((starts[i + 1]?.[0] ?? 0) - start >= (count * 1000) / 100)
      const others = [openWriterLimits(db), openWriterLimits(db)]
      const waits = await Promise.all(others.map(one => one.reserve(100, version)))
      t.ok(Math.abs((waits[0] ?? 0) - (waits[1] ?? 0)) >= 900, 'two processes do not get the same second')
    },
  )

  t.test('what was reserved under a former limit is void', async t => {
    const { version } = await limits.set({ perProcess: null, total: 1 })
    await limits.reserve(100_000, version)
    const changed = await limits.set({ perProcess: 5, total: 1000 })
    t.strictSame(changed, { perProcess: 5, total: 1000, version: version + 1 })
    t.equal(await limits.reserve(1, version), undefined)
    t.ok(((await limits.reserve(1, changed.version)) ?? 60_000) < 60_000)
    await limits.set({ perProcess: null, total: null })
    t.equal(await limits.reserve(1, changed.version + 1), undefined, 'there is no limit')
  })

  t.test('an operator sets it, and what waits in another process goes on when it is lifted', async t => {
    const other = await startReporting(t, bench.stack, { ROLES: 'runs' })
    const set = (body: object) => other.operator('/writers/limit', { method: 'PUT', body })
    const { version } = (await other.operator<{ version: number }>('/writers/limit')).body
    t.match(await set({ perProcess: null, total: 1 }), {
      status: 200,
      body: { total: 1, version: version + 1 },
    })
    t.match(await set({ perProcess: 0, total: 1 }), { status: 400 })
    t.match(await set({ total: 1 }), { status: 400 })
    t.equal((await (await other.as('alice'))('/writers/limit')).status, 403)
    // A running process notices the limit after two seconds, a new one before its first batch.
    const one = await startReporting(t, bench.stack)

    // The first batch begins at once, and keeps the next one waiting for a quarter of an hour.
    await limits.reserve(1000, version + 1)
    const first = (await document())?.reservedAt
    await bench.publish(completed('alice', DAY), completed('bob', DAY))
    await bench.endDay(DAY)
    await until('a batch waits', async () => (await document())?.reservedAt > first)
    t.strictSame(await bench.list(DAY), [])
    await set({ perProcess: null, total: null })
    t.match(await one.runDone(DAY), { jobs: 2, written: 2 })
  })
})
