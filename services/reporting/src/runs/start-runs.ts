import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import { parseOrPark } from '@daybook/shared/dead-letters/parse-or-park'
import {
  clockEvents,
  type EndOfDay,
  eventReader,
  type Reading,
  type TasksPublished,
  topics,
  traced,
} from '@daybook/shared/events'
import type { ConsumerOptions, IncomingMessage } from '@daybook/shared/kafka'
import { dayOf } from '@daybook/shared/time/days'
import { clockGroup } from '../groups.ts'
import type { Completions } from '../projection/completion-store.ts'
import type { ClosedDays } from './closed-day-store.ts'
import type { DayToReport, Runs } from './run-store.ts'

const { ScheduleFired: _, ...handled } = clockEvents
const readEvent = eventReader<EndOfDay | TasksPublished>(handled)

const YEAR = 366 * 86_400_000

/**
 * Reads an event. In an EndOfDay, a day that is more than a year ahead makes the event unreadable, because such a day is a mistake: after
 * it was closed, every completion up to that day would be late. A clock that is ahead by less only causes early logs, which
 * are amended later.
 */
function read(message: IncomingMessage): Reading<EndOfDay | TasksPublished> {
  const reading = readEvent(message)
  if (reading.status !== 'event' || reading.event.type !== 'EndOfDay') return reading
  const { day, timeZone } = reading.event.data
  if (day <= dayOf(new Date(Date.now() + YEAR), timeZone)) return reading
  return { status: 'unreadable', error: new Error(`${day} is more than a year ahead in ${timeZone}`) }
}

const dayToReport = ({ data: { day, timeZone, endedAt }, traceparent }: EndOfDay): DayToReport => ({
  ...{ day, timeZone, endedAt: new Date(endedAt) },
  ...traced(traceparent),
})

interface EndOfDayDeps {
  runs: Runs
  closedDays: Pick<ClosedDays, 'pastClosing'>
  completions: Completions
  park: Park
  /** Tells the run loop that there is a run to advance. */
  wakeRuns: () => void
}

/**
 * Consumes daybook.clock. It makes the run of each day that ended, and gives the runs that wait the offsets of
 * TasksPublished, which comes later in the same partition. The run loop advances the runs.
 */
export function endOfDays({ runs, closedDays, completions, park, wakeRuns }: EndOfDayDeps): ConsumerOptions {
  /**
   * Leaves out days that are closed and have no completions: a consumer that reads the topic from its start again finds a
   * year of such days.
   */
  async function withoutEmpty(days: DayToReport[]): Promise<DayToReport[]> {
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
      const events = parsed.map(({ event }) => event)
      const ended = events.filter(event => event.type === 'EndOfDay')
      const published = events.filter(event => event.type === 'TasksPublished')
      const days = await withoutEmpty(ended.map(dayToReport))
      await heartbeat()
      if (days.length > 0) await runs.create(days)
      for (const { data } of published) await runs.recordPublished(new Date(data.endedAt), data.offsets)
      if (days.length > 0 || published.length > 0) wakeRuns()
    },
  }
}
