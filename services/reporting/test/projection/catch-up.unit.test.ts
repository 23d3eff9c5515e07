import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Offsets } from '@daybook/shared/kafka'
import { stopTime } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { catchUp } from '../../src/projection/catch-up.ts'

/** A projection of two partitions, of which the test sets the offsets. */
function makeProjection(t: Test) {
  const time = stopTime(t)
  const passed = { 0: 10n, 1: 10n }
  const projectedOffsets = async (): Promise<Offsets> =>
    new Map(Object.entries(passed).map(([partition, offset]) => [Number(partition), offset]))
  let beats = 0
  const start = (wanted: [number, bigint][]) => {
    const state: { passed?: Offsets } = {}
    const heartbeat = async () => {
      beats += 1
    }
    const waiting = catchUp(projectedOffsets, new Map(wanted), heartbeat).then(offsets => {
      state.passed = offsets
    })
    return { state, waiting }
  }
  return { time, passed, start, beats: () => beats }
}

t.test('nothing waits for offsets that the projection has passed', async t => {
  const { start, beats } = makeProjection(t)
  const { state, waiting } = start([[0, 10n]])
  await waiting
  t.equal(beats(), 0)
  t.equal(state.passed?.get(0), 10n)
  await start([]).waiting
})

t.test(
  'a wait ends when the projection has passed the offsets of all partitions, with heartbeats',
  async t => {
    const { time, passed, start, beats } = makeProjection(t)
    const { state } = start([
      [0, 20n],
      [1, 30n],
    ])
    await time.pass(1000)
    passed[0] = 20n
    await time.pass(1000)
    t.notOk(state.passed)
    t.ok(beats() > 1)
    passed[1] = 31n
    await time.pass(1000)
    t.strictSame(
      state.passed,
      new Map([
        [0, 20n],
        [1, 31n],
      ]),
    )
  },
)

t.test('after 30 seconds a wait ends with what the projection has passed', async t => {
  const { time, start } = makeProjection(t)
  const { state, waiting } = start([[0, 20n]])
  for (let second = 0; second < 29; second += 1) await time.pass(1000)
  t.notOk(state.passed)
  await time.skipUntil(waiting)
  t.equal(state.passed?.get(0), 10n)
})

t.test('an error of Kafka or of a heartbeat ends the wait', async t => {
  stopTime(t)
  const end = new Map([[0, 5n]])
  const away = new Error('Kafka is away')
  await t.rejects(
    catchUp(() => Promise.reject(away), end, nextTurn),
    away,
  )
  const stopped = new Error('the consumer stops')
  await t.rejects(
    catchUp(
      async () => new Map(),
      end,
      () => Promise.reject(stopped),
    ),
    stopped,
  )
})
