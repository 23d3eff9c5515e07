import type { KafkaPort } from '@daybook/shared/kafka'
import type { Completions } from '../projection/completion-store.ts'
import type { Amend, UserDay } from '../projection/projector.ts'
import { withoutRepetitions } from '../projection/repetitions.ts'
import { runId } from '../run-id.ts'
import type { ClosedDays } from './closed-day-store.ts'
import { lateRequests } from './late-requests.ts'
import type { Runs } from './run-store.ts'

export interface AmendDeps {
  runs: Pick<Runs, 'create' | 'find'>
  closedDays: Pick<ClosedDays, 'pastClosing'>
  /** The live ones. */
  completions: Pick<Completions, 'origins'>
  kafka: KafkaPort
  /** Tells the run loop that there is a run to advance. */
  wakeRuns: () => void
}

/**
 * Makes the function that amends days. It sends log requests for changes of closed days. If a closed day has no run, or an
 * empty run, it makes the run.
 */
export function amendWith({ runs, closedDays, completions, kafka, wakeRuns }: AmendDeps): Amend {
  const request = lateRequests(kafka)
  return async changes => {
    const late = await withoutRepetitions([...(await closedDays.pastClosing(changes))], completions)
    if (late.length === 0) return
    const found = await runs.find([...new Set(late.map(({ day, timeZone }) => runId(day, timeZone)))])
    const states = new Map(found.map(({ _id, state }) => [_id, state]))
    const stateOf = ({ day, timeZone }: UserDay) => states.get(runId(day, timeZone))

    // These days had no completions, so their runs were removed or are empty. Now the days have something to report.
    const unreported = late.filter(change => [undefined, 'empty'].includes(stateOf(change)))
    if (unreported.length > 0) {
      await runs.create(unreported)
      wakeRuns()
    }
    // A closing run needs no requests here: it lists its users later.
    const listed = late.filter(change => stateOf(change) === 'writing' || stateOf(change) === 'done')
    await request(listed)
  }
}
