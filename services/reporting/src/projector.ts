import { eventReader, taskEvents, topics } from '@daybook/shared/events'
import type { ConsumerOptions, KafkaPort } from '@daybook/shared/kafka'
import {
  type Completion,
  type Completions,
  type ProjectedEvent,
  project,
  type TakenBack,
} from './completions.ts'
import type { Park } from './dead-letters.ts'
import { sendJobs } from './jobs.ts'
import { readOrPark } from './read-or-park.ts'
import { runId } from './run.ts'
import type { Runs } from './runs.ts'

export const projectionGroup = 'reporting-projection'

const { TaskCompleted, TaskReopened } = taskEvents
const read = eventReader<ProjectedEvent>({ TaskCompleted, TaskReopened })

interface ProjectorDeps {
  completions: Completions
  runs: Runs
  kafka: KafkaPort
  park: Park
  /** Tells the run loop that there is a run to advance. */
  wakeRuns: () => void
}

/** Consumes daybook.tasks into the per-day projection, and has days that are already closed written again. */
export function projector(deps: ProjectorDeps): ConsumerOptions {
  const { completions, park } = deps
  return {
    group: projectionGroup,
    topic: topics.tasks.name,
    park,
    async handle(messages, heartbeat) {
      const events = await readOrPark(messages, read, park, heartbeat)
      const changes = events.flatMap(event => project(event) ?? [])
      if (changes.length === 0) return
      // First write, then look whether the day is closed. A run notes that it is past closing before it lists its
      // users: so, however the two interleave, a completion is either listed or found late.
      await completions.apply(changes)
      await heartbeat()
      await amend(changes, deps)
    },
  }
}

async function amend(
  changes: (Completion | TakenBack)[],
  { runs, kafka, wakeRuns }: ProjectorDeps,
): Promise<void> {
  const late = [...(await runs.pastClosing(changes))]
  if (late.length === 0) return
  const found = await runs.find([...new Set(late.map(({ day, timeZone }) => runId(day, timeZone)))])
  const states = new Map(found.map(({ _id, state }) => [_id, state]))
  const stateOf = ({ day, timeZone }: Completion | TakenBack) => states.get(runId(day, timeZone))

  // Nothing had been completed on that day, so no run was kept: now there is something to report.
  const unreported = late.filter(change => [undefined, 'empty'].includes(stateOf(change)))
  if (unreported.length > 0) {
    await runs.create(unreported)
    wakeRuns()
  }
  const jobs = late.filter(change => stateOf(change) === 'writing' || stateOf(change) === 'done')
  const perUser = new Map(jobs.map(job => [`${runId(job.day, job.timeZone)}/${job.userId}`, job]))
  const toJob = ({ userId, day, timeZone }: Completion | TakenBack) => ({ userId, day, timeZone, late: true })
  if (perUser.size > 0) await sendJobs(kafka, [...perUser.values()].map(toJob))
}
