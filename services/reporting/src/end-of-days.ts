import { clockEvents, type EndOfDay, eventReader, topics } from '@daybook/shared/events'
import type { ConsumerOptions } from '@daybook/shared/kafka'
import type { Park } from './dead-letters.ts'
import { readOrPark } from './read-or-park.ts'
import type { Runs } from './runs.ts'

export const clockGroup = 'reporting-clock'

const read = eventReader<EndOfDay>({ EndOfDay: clockEvents.EndOfDay })

/** Consumes daybook.clock: the end of a day makes its run, and nothing else; the run loop does the rest. */
export function endOfDays({
  runs,
  park,
  wakeRuns,
}: {
  runs: Runs
  park: Park
  wakeRuns: () => void
}): ConsumerOptions {
  return {
    group: clockGroup,
    topic: topics.clock.name,
    park,
    async handle(messages) {
      const days = (await readOrPark(messages, read, park)).map(({ data }) => data)
      if (days.length === 0) return
      await runs.create(days)
      wakeRuns()
    },
  }
}
