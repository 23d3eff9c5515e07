import { setImmediate as nextTurn } from 'node:timers/promises'
import { topics } from '@daybook/shared/events'
import type { Offsets } from '@daybook/shared/kafka'
import { stopTime } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { projectionGroup } from '../../src/groups.ts'
import { catchUpOf } from '../../src/projection/catch-up.ts'

/** A projection of one partition, of which the test sets the offsets. */
function makeProjection(t: Test) {
  const time = stopTime(t)
  const at = { published: 10n, projected: 10n }
  const catchUp = catchUpOf({
    async endOffsets(topic): Promise<Offsets> {
      t.equal(topic, topics.tasks.name)
      return new Map([[0, at.published]])
    },
    async committedOffsets(group, topic): Promise<Offsets> {
      t.strictSame([group, topic], [projectionGroup, topics.tasks.name])
      return new Map([[0, at.projected]])
    },
  })
  let beats = 0
  const start = () => {
    const state = { done: false }
    const heartbeat = async () => {
      beats += 1
    }
    const waiting = catchUp(heartbeat).then(() => {
      state.done = true
    })
    return { state, waiting }
  }
  return { time, at, start, beats: () => beats }
}

t.test('nothing waits while the projection has all events', async t => {
  const { start, beats } = makeProjection(t)
  await start().waiting
  t.equal(beats(), 0)
})

t.test('a wait ends when the projection has what was published at its start, with heartbeats', async t => {
  const { time, at, start, beats } = makeProjection(t)
  at.published = 20n
  const { state } = start()
  await time.pass(1000)
  at.published = 30n
  await time.pass(1000)
  t.notOk(state.done)
  t.ok(beats() > 1)
  at.projected = 20n
  await time.pass(1000)
  t.ok(state.done)
})

t.test('after 30 seconds nothing waits until the projection has caught up', async t => {
  const { time, at, start } = makeProjection(t)
  at.published = 20n
  const { state, waiting } = start()
  for (let second = 0; second < 29; second += 1) await time.pass(1000)
  t.notOk(state.done)
  await time.skipUntil(waiting)
  await start().waiting

  at.projected = 20n
  await start().waiting
  at.published = 30n
  const { state: next } = start()
  await time.pass(1000)
  t.notOk(next.done, 'the projection is behind again')
})

t.test('an error of Kafka or of a heartbeat ends the wait', async t => {
  stopTime(t)
  const end = new Map([[0, 5n]])
  const away = new Error('Kafka is away')
  const broken = catchUpOf({ endOffsets: async () => end, committedOffsets: () => Promise.reject(away) })
  await t.rejects(broken(nextTurn), away)
  const behind = catchUpOf({ endOffsets: async () => end, committedOffsets: async () => new Map() })
  const stopped = new Error('the consumer stops')
  await t.rejects(
    behind(() => Promise.reject(stopped)),
    stopped,
  )
})
