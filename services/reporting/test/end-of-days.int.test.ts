import { endOfDay } from '@daybook/shared/days'
import { endOfDayEvent, toMessage, topics } from '@daybook/shared/events'
import { commandsOf, until } from '@daybook/shared/testing'
import t from 'tap'
import { type Completion, openCompletions, project } from '../src/completions.ts'
import { endOfDays } from '../src/end-of-days.ts'
import { openRuns } from '../src/runs.ts'
import { completed, makeBench } from './support.ts'

const zones = [
  'UTC',
  'Europe/Berlin',
  'Europe/Rome',
  'Europe/Oslo',
  'Africa/Lagos',
  'Africa/Tunis',
  'Asia/Tokyo',
]
const first = Date.parse('2025-01-01')
const days = Array.from({ length: 365 }, (_, i) =>
  new Date(first + i * 86_400_000).toISOString().slice(0, 10),
)

t.test(
  'a year of closed days is read again with few questions, and only days with completions get a run',
  async t => {
    const { kafka, stack } = await makeBench(t)
    const { db, sent } = await commandsOf(t, stack)
    const [runs, completions] = [await openRuns(db), await openCompletions(db)]
    const kept = project(completed('alice', '2025-05-05', { timeZone: 'Asia/Tokyo' })) as Completion
    await completions.apply([kept])
    for (const zone of zones) await runs.close(days.at(-1) as string, zone)
    const ends = days.flatMap(day =>
      zones.map(zone => endOfDayEvent(day, zone, endOfDay(day, zone), `end-of-day:${zone}`)),
    )
    await kafka.publish(
      topics.clock.name,
      ends.map(event => toMessage(event, 'one key, and so one partition')),
    )
    sent.length = 0

    let pieces = 0
    const park = async () => void t.fail('nothing is unreadable')
    const { handle, ...options } = endOfDays({ runs, completions, park, wakeRuns: () => undefined })
    const counted: typeof handle = (messages, heartbeat) => {
      pieces += 1
      return handle(messages, heartbeat)
    }
    const consumer = await kafka.consume({ ...options, handle: counted })
    t.teardown(consumer.stop)
    const all = BigInt(ends.length)
    await until('all is read', async () =>
      [...(await kafka.committedOffsets(options.group, topics.clock.name)).values()].includes(all),
    )
    t.match(await runs.list({ limit: 10 }), [{ _id: '2025-05-05@Asia/Tokyo', state: 'closing' }])
    t.ok(sent.filter(name => name === 'find' || name === 'aggregate').length <= 2 * pieces + 1)
    t.ok(pieces < 20, `${ends.length} days in ${pieces} pieces`)
  },
)
