import { eventReader, taskEvents, topics } from '@daybook/shared/events'
import type { ConsumerOptions } from '@daybook/shared/kafka'
import type { Park } from '../dead-letters/dead-letters.ts'
import { readOrPark } from '../dead-letters/parse-or-park.ts'
import { projectionGroup } from '../groups.ts'
import type { DayInZone } from '../run-id.ts'
import { type Completions, type ProjectedEvent, project } from './completions.ts'

const { TaskCompleted, TaskReopened } = taskEvents
const read = eventReader<ProjectedEvent>({ TaskCompleted, TaskReopened })

interface ProjectorDeps {
  completions: Completions
  park: Park
  /** Has the logs written again whose day is closed already, see runs/late-completions.ts. */
  amend: (changes: UserDay[]) => Promise<void>
}

/** A change of a user's day in a time zone. */
export interface UserDay extends DayInZone {
  userId: string
}

/** Consumes daybook.tasks into the per-day projection, and amends the logs of days that are closed already. */
export function projector({ completions, park, amend }: ProjectorDeps): ConsumerOptions {
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
      await amend(changes)
    },
  }
}
