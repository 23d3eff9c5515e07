import { clockEvents, type EndOfDay, eventReader, topics } from '@daybook/shared/events'
import type { ConsumerOptions } from '@daybook/shared/kafka'
import type { Completions } from './completions.ts'
import type { Park } from './dead-letters.ts'
import { readOrPark } from './read-or-park.ts'
import type { Runs } from './runs.ts'

export const clockGroup = 'reporting-clock'

const read = eventReader<EndOfDay>({ EndOfDay: clockEvents.EndOfDay })

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
