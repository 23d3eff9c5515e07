import { makeStack, type SeenRecord, seededRandom, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { CLOCK, startScheduler } from './support/scheduler.ts'

// The long version goes on for a minute, on a quiet machine.
const KILLS = process.env.LONG === 'true' ? 60 : 20
const definitions = {
  cron: { cron: '* * * * * *' },
  ...Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`every-${i}`, { every: 'PT1S' }])),
}

type Scheduler = Awaited<ReturnType<typeof startScheduler>>

t.setTimeout(280_000)

t.test('schedulers are killed once a second: each slot fires, in order, and is one event', async t => {
  const random = seededRandom(t)
  const stack = await makeStack(t)
  const start = () => startScheduler(t, stack, { TIME_ZONES: 'UTC' })
  const up = await Promise.all([start(), start(), start()])
  const records = await watchTopic(t, stack, CLOCK)
  const firstSlots = await makeSchedules(up[0])

  const newest = () => Date.parse(String(records.findLast(({ key }) => key === 'cron')?.value.slot))
  await until('a slot is fired', () => newest() > 0)
  const restarts: Promise<void>[] = []
  // Should it fail halfway, no scheduler is to be left that was just being started.
  t.teardown(() => Promise.allSettled(restarts))
  const restart = async (victim: Scheduler | undefined) => {
    await victim?.end('SIGKILL')
    up.push(await start())
  }
  for (let kills = 0; kills < KILLS; kills += 1) {
    const before = newest()
    await until('another second is fired', () => newest() > before)
    // Others may still be starting: only of one that is up is there anything to kill.
    await until('one is up', () => up.length > 0)
    const [victim] = up.splice(random(up.length), 1)
    restarts.push(restart(victim))
  }
  await Promise.all(restarts)

  const allUp = Date.now()
  const recordsOf = (name: string) => records.filter(({ key }) => key === name)
  const isCaughtUp = (name: string) => Date.parse(String(recordsOf(name).at(-1)?.value.slot)) > allUp
  await until('all is caught up with', () => firstSlots.keys().every(isCaughtUp))
  t.strictSame(
    [...firstSlots].flatMap(([name, slot]) => faults(recordsOf(name), slot)),
    [],
  )
})

/** @returns the first slot of each, in ms */
async function makeSchedules(scheduler: Scheduler | undefined): Promise<Map<string, number>> {
  const made = Object.entries(definitions).map(async ([name, definition]) => {
    const answer = await scheduler?.put(name, definition)
    return [name, Date.parse(answer?.body.nextSlot ?? '')] as const
  })
  return new Map(await Promise.all(made))
}

/** What is wrong with the records of a schedule: each second from its first slot on must be one event, sent once or more. */
function faults(records: SeenRecord[], firstSlot: number): string[] {
  const events = [...Map.groupBy(records, ({ headers }) => headers.ce_id)]
  const changed = events.filter(([, sent]) => new Set(sent.map(bytes)).size > 1)
  const misplaced = events.flatMap(([id, [event]], i) => {
    const expected = new Date(firstSlot + i * 1000).toISOString()
    return event?.value.slot === expected ? [] : [`${id} where ${expected} is due`]
  })
  return [...changed.map(([id]) => `${id} is another event when sent again`), ...misplaced.slice(0, 1)]
}

const bytes = ({ headers, value }: SeenRecord) => JSON.stringify([headers, value])
