import { LONG, makeStack, type SeenRecord, seededRandom, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { CLOCK, startScheduler } from './support/scheduler.ts'

// The long version takes a minute on an idle machine.
const KILLS = 60

// The simulation kills schedulers in each test run.
const skip = !LONG && 'npm run test:long runs it'
const definitions = {
  cron: { cron: '* * * * * *' },
  ...Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`every-${i}`, { every: 'PT1S' }])),
}

type Scheduler = Awaited<ReturnType<typeof startScheduler>>

t.setTimeout(280_000)

t.test(
  'while schedulers are killed once a second, each slot fires in order as one event',
  { skip },
  async t => {
    const random = seededRandom(t)
    const stack = await makeStack(t)
    const start = () => startScheduler(t, stack, { TIME_ZONES: 'UTC' })
    const up = await Promise.all([start(), start(), start()])
    const records = await watchTopic(t, stack, CLOCK)
    const firstSlots = await makeSchedules(up[0])

    const newest = () => Date.parse(String(records.findLast(({ key }) => key === 'cron')?.value.slot))
    await until('a slot has fired', () => newest() > 0)
    const restarts: Promise<void>[] = []
    // If the test fails halfway, it waits for the schedulers that are starting, so that their own teardown ends them.
    t.teardown(() => Promise.allSettled(restarts))
    const restart = async (victim: Scheduler | undefined) => {
      await victim?.end('SIGKILL')
      up.push(await start())
    }
    for (let kills = 0; kills < KILLS; kills += 1) {
      const before = newest()
      await until('another slot has fired', () => newest() > before)
      // Only a running scheduler can be killed; all others may still be starting.
      await until('a scheduler is running', () => up.length > 0)
      const [victim] = up.splice(random(up.length), 1)
      restarts.push(restart(victim))
    }
    await Promise.all(restarts)

    const allUp = Date.now()
    const recordsOf = (name: string) => records.filter(({ key }) => key === name)
    const isCaughtUp = (name: string) => Date.parse(String(recordsOf(name).at(-1)?.value.slot)) > allUp
    await until('all schedules have caught up', () => firstSlots.keys().every(isCaughtUp))
    t.strictSame(
      [...firstSlots].flatMap(([name, slot]) => faults(recordsOf(name), slot)),
      [],
    )
  },
)

/** @returns the first slot of each schedule, in milliseconds */
async function makeSchedules(scheduler: Scheduler | undefined): Promise<Map<string, number>> {
  const made = Object.entries(definitions).map(async ([name, definition]) => {
    const answer = await scheduler?.put(name, definition)
    return [name, Date.parse(answer?.body.nextSlot ?? '')] as const
  })
  return new Map(await Promise.all(made))
}

/**
 * Returns what is wrong with the records of a schedule. Each second from its first slot on must be one event, which may be
 * sent more than once.
 */
function faults(records: SeenRecord[], firstSlot: number): string[] {
  const events = [...Map.groupBy(records, ({ headers }) => headers.ce_id)]
  const changed = events.filter(([, sent]) => new Set(sent.map(bytes)).size > 1)
  const misplaced = events.flatMap(([id, [event]], i) => {
    const expected = new Date(firstSlot + i * 1000).toISOString()
    return event?.value.slot === expected ? [] : [`${id} in place of the slot ${expected}`]
  })
  return [
    ...changed.map(([id]) => `${id} has different contents when it is sent again`),
    ...misplaced.slice(0, 1),
  ]
}

const bytes = ({ headers, value }: SeenRecord) => JSON.stringify([headers, value])
