import { clockEvents, type EndOfDay, eventReader, type Reading, topics } from '@daybook/shared/events'
import type { ConsumerOptions, IncomingMessage } from '@daybook/shared/kafka'
import { dayOf } from '@daybook/shared/time/days'
import type { Park } from '../dead-letters/dead-letters.ts'
import { readOrPark } from '../dead-letters/parse-or-park.ts'
import { clockGroup } from '../groups.ts'
import type { Completions } from '../projection/completions.ts'
import type { Runs } from './run-store.ts'

const readEvent = eventReader<EndOfDay>({ EndOfDay: clockEvents.EndOfDay })

const YEAR = 366 * 86_400_000

/**
 * A day that is more than a year ahead cannot be meant. Once it was closed, every completion until then would be late. A
 * clock that runs ahead by less does no more than that its days are written early, and amended.
 */
function read(message: IncomingMessage): Reading<EndOfDay> {
  const reading = readEvent(message)
  if (reading.status !== 'event') return reading
  const { day, timeZone } = reading.event.data
  if (day <= dayOf(new Date(Date.now() + YEAR), timeZone)) return reading
  return { status: 'unreadable', error: new Error(`${day} is more than a year ahead in ${timeZone}`) }
}

interface EndOfDayDeps {
  runs: Runs
  completions: Completions
  park: Park
  /** Tells the run loop that there is a run to advance. */
  wakeRuns: () => void
}

/** Consumes daybook.clock: the end of a day makes its run, and nothing else; the run loop does the rest. */
export function endOfDays({ runs, completions, park, wakeRuns }: EndOfDayDeps): ConsumerOptions {
  /** Read from the beginning again, the topic has a year of days that were closed, most of them empty. */
  async function withoutEmpty(days: EndOfDay['data'][]): Promise<EndOfDay['data'][]> {
    const closed = await runs.pastClosing(days)
    const withCompletions = await completions.among([...closed])
    return days.filter(one => !closed.has(one) || withCompletions.has(one))
  }

  return {
    group: clockGroup,
    topic: topics.clock.name,
    park,
    async handle(messages, heartbeat) {
      const events = await readOrPark(messages, read, park, heartbeat)
      const days = await withoutEmpty(events.map(({ data }) => data))
      if (days.length === 0) return
      await heartbeat()
      await runs.create(days)
      wakeRuns()
    },
  }
}
