import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import { parseOrPark } from '@daybook/shared/dead-letters/parse-or-park'
import { eventReader, jobTopics, type ResultEvent, resultEvents } from '@daybook/shared/events'
import type { ConsumerOptions } from '@daybook/shared/kafka'
import { applyResults, type ResultsDeps, type Spans } from './apply-results.ts'

/** Consumes daybook.jobs.results. */
export const resultsGroup = 'scheduler-results'

const read = eventReader<ResultEvent>(resultEvents)

/** The consumer of what workers report, and the partitions that it reads now. */
export function resultsConsumer(
  deps: ResultsDeps,
  park: Park,
): { options: ConsumerOptions; owned: () => readonly number[] } {
  const spans: Spans = new Map()
  let owned: readonly number[] = []
  const options: ConsumerOptions = {
    group: resultsGroup,
    topic: jobTopics.results.name,
    park,
    onAssigned(partitions, isAlone) {
      owned = partitions
      deps.base.quiet.noteAlone(isAlone)
      // What another process has read meanwhile is not known here: leases are judged again after a whole lease.
      spans.clear()
    },
    async handle(messages, heartbeat) {
      const parsed = await parseOrPark(messages, read, park, heartbeat)
      const reports = parsed.map(({ event, message }) => ({ ...event, at: new Date(message.timestamp) }))
      const partition = messages[0]?.partition ?? 0
      await applyResults(deps, spans, { partition, reports }, heartbeat)
    },
  }
  return { options, owned: () => owned }
}
