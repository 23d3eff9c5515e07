import { makeStack, until, watchTopic } from '@daybook/shared/testing'
import { test } from 'tap'
import { allPublished, CLOCK, few, schedulesOf, startScheduler } from '../support/scheduler.ts'

const minute = 60_000

test('two schedulers fire each slot once, in order, also slots that both missed', async t => {
  const stack = await makeStack(t)
  const first = await startScheduler(t, stack, few)
  const start = new Date(Date.now() - 30.5 * minute)
  await first.put('minutes', { every: 'PT1M', start: start.toISOString() })
  await first.put('paused', { every: 'PT1S', paused: true })
  await first.end('SIGKILL')
  // The state after half an hour in which no scheduler was running.
  const back = { nextSlot: start, nextFireAt: start }
  await schedulesOf(stack).updateOne({ _id: 'minutes' }, { $set: back })

  const schedulers = await Promise.all([startScheduler(t, stack, few), startScheduler(t, stack, few)])
  const records = await watchTopic(t, stack, CLOCK)
  await schedulers[0].put('seconds', { every: 'PT1S' })
  // An event that fired once may be sent twice.
  const slotsOf = (name: string) => [
    ...new Set(records.filter(({ key }) => key === name).map(({ value }) => String(value.slot))),
  ]
  await until('three slots have fired', () => slotsOf('seconds').length >= 3)
  const firings = async (name: string) => (await schedulers[1].post(`${name}/pause`)).body.stats.fired
  const fired = { minutes: await firings('minutes'), seconds: await firings('seconds') }
  await allPublished(stack)
  const { body } = await schedulers[1].post<{ id: string }>('paused/fire')
  await until('the last event is published', () => records.some(({ headers }) => headers.ce_id === body.id))

  const minutes = slotsOf('minutes')
  t.ok(minutes.length >= 31)
  t.strictSame(
    minutes,
    minutes.map((_, i) => new Date(start.getTime() + i * minute).toISOString()),
  )
  t.equal(fired.minutes, minutes.length)
  const seconds = slotsOf('seconds')
  t.strictSame(seconds, seconds.toSorted())
  t.equal(fired.seconds, seconds.length)
})
