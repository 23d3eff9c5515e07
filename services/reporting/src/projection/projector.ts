import { eventReader, taskEvents, topics } from '@daybook/shared/events'
import type { ConsumerOptions } from '@daybook/shared/kafka'
import type { Park } from '../dead-letters/dead-letters.ts'
import { readOrPark } from '../dead-letters/parse-or-park.ts'
import { type AmendDeps, amend } from '../runs/late-completions.ts'
import { type Completions, type ProjectedEvent, project } from './completions.ts'

export const projectionGroup = 'reporting-projection'

const { TaskCompleted, TaskReopened } = taskEvents
const read = eventReader<ProjectedEvent>({ TaskCompleted, TaskReopened })

interface ProjectorDeps extends AmendDeps {
  completions: Completions
  park: Park
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
