import type { KafkaPort } from '@daybook/shared/kafka'
import { sendLogRequests } from '../logs/log-requests.ts'
import type { UserDay } from '../projection/projector.ts'
import { runId } from '../run-id.ts'
import type { Runs } from './run-store.ts'

export interface AmendDeps {
  runs: Runs
  kafka: KafkaPort
  /** Tells the run loop that there is a run to advance. */
  wakeRuns: () => void
}

/** Has days written again that are past closing, and makes the runs of those on which nothing was completed before. */
export async function amend(changes: UserDay[], { runs, kafka, wakeRuns }: AmendDeps): Promise<void> {
  const late = [...(await runs.pastClosing(changes))]
  if (late.length === 0) return
  const found = await runs.find([...new Set(late.map(({ day, timeZone }) => runId(day, timeZone)))])
  const states = new Map(found.map(({ _id, state }) => [_id, state]))
  const stateOf = ({ day, timeZone }: UserDay) => states.get(runId(day, timeZone))

  // Nothing had been completed on that day, so no run was kept: now there is something to report.
  const unreported = late.filter(change => [undefined, 'empty'].includes(stateOf(change)))
  if (unreported.length > 0) {
    await runs.create(unreported)
    wakeRuns()
  }
  const reported = late.filter(change => stateOf(change) === 'writing' || stateOf(change) === 'done')
  const perUser = new Map(
    reported.map(change => [`${runId(change.day, change.timeZone)}/${change.userId}`, change]),
  )
  const toRequest = ({ userId, day, timeZone }: UserDay) => ({ userId, day, timeZone, late: true })
  if (perUser.size > 0) await sendLogRequests(kafka, [...perUser.values()].map(toRequest))
}
