import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import { parseOrPark } from '@daybook/shared/dead-letters/parse-or-park'
import { clockEvents, type EndOfDay, eventReader, type Reading, topics } from '@daybook/shared/events'
import type { ConsumerOptions, IncomingMessage } from '@daybook/shared/kafka'
import { dayOf } from '@daybook/shared/time/days'
import { clockGroup } from '../groups.ts'
import type { Completions } from '../projection/completion-store.ts'
import type { ClosedDays } from './closed-day-store.ts'
import type { Runs } from './run-store.ts'

const readEvent = eventReader<EndOfDay>({ EndOfDay: clockEvents.EndOfDay })

const YEAR = 366 * 86_400_000

/**
 * Reads an EndOfDay. A day that is more than a year ahead makes the event unreadable, because such a day is a mistake: after
 * it was closed, every completion up to that day would be late. A clock that is ahead by less only causes early logs, which
 * are amended later.
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
  closedDays: Pick<ClosedDays, 'pastClosing'>
  completions: Completions
  park: Park
  /** Tells the run loop that there is a run to advance. */
  wakeRuns: () => void
}

/** Consumes daybook.clock. It only makes the run of each day that ended; the run loop advances the run. */
export function endOfDays({ runs, closedDays, completions, park, wakeRuns }: EndOfDayDeps): ConsumerOptions {
  /**
   * Leaves out days that are closed and have no completions: a consumer that reads the topic from its start again finds a
   * year of such days.
   */
  async function withoutEmpty(days: EndOfDay['data'][]): Promise<EndOfDay['data'][]> {
    const closed = await closedDays.pastClosing(days)
    const withCompletion = await completions.withCompletions([...closed])
    return days.filter(one => !closed.has(one) || withCompletion.has(one))
  }

  return {
    group: clockGroup,
    topic: topics.clock.name,
    park,
    async handle(messages, heartbeat) {
      const parsed = await parseOrPark(messages, read, park, heartbeat)
      const days = await withoutEmpty(parsed.map(({ event }) => event.data))
      if (days.length === 0) return
      await heartbeat()
      await runs.create(days)
      wakeRuns()
    },
  }
}
