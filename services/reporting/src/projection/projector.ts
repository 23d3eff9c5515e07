import { setTimeout as sleep } from 'node:timers/promises'
import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import { type Parsed, parseOrPark } from '@daybook/shared/dead-letters/parse-or-park'
import { topics, traced, type UserErased } from '@daybook/shared/events'
import type { ConsumerOptions } from '@daybook/shared/kafka'
import { projectionGroup } from '../groups.ts'
import type { DayInZone } from '../run-id.ts'
import { project } from './completion.ts'
import type { Completions } from './completion-store.ts'
import { jointly } from './jointly.ts'
import { type Place, placeText } from './place.ts'
import { erasedBy, type ReadEvent, readEvent } from './read-events.ts'

// The least milliseconds from the start of a batch to the next fetch. What arrives meanwhile shares that fetch and its writes.
const FETCH_EVERY_MS = 20

/** The day of a user in a time zone. */
export interface UserDay extends DayInZone {
  userId: string
  /** Where the event that changed it is in daybook.tasks; absent when something else changed it. */
  at?: Place
  /** What the projection is to store of that event. */
  document?: { _id: string; version: number }
  /** The trace context of that event. */
  traceparent?: string
  /** Whether text of the day was erased: then all files of the log are written again. */
  erased?: true
}

/** Amends closed days, so that the logs of the changed days are written again, see runs/late-completions.ts. */
export type Amend = (changes: UserDay[]) => Promise<void>

interface ProjectorDeps {
  completions: Pick<Completions, 'apply' | 'eraseTasks' | 'daysOf'>
  park: Park
  amend: Amend
  /** Erases text of a user that is not in the projection. Absent in a rebuild, which changes nothing else. */
  forget?: (userId: string) => Promise<void>
}

/**
 * Consumes daybook.tasks: writes the per-day projection, and amends the logs of closed days. Small batches of its partitions
 * share these writes.
 */
export function projector({ completions, park, amend, forget }: ProjectorDeps): ConsumerOptions {
  const write = jointly(completions.apply, topics.tasks.partitions)

  /** The tasks of these users are erased. Their logs are requested once for all tasks. */
  async function eraseUsers(erased: Parsed<UserErased>[]): Promise<void> {
    for (const { event, message } of erased) {
      const { userId } = event.data
      await forget?.(userId)
      const at = { partition: message.partition, offset: message.offset }
      const days = await completions.daysOf(userId)
      const cause = { at, ...traced(event.traceparent), erased: true as const }
      await amend(days.map(day => ({ userId, ...day, ...cause })))
    }
  }

  const amendClosed = jointly(amend, topics.tasks.partitions)
  return {
    group: projectionGroup,
    topic: topics.tasks.name,
    concurrentPartitions: topics.tasks.partitions,
    park,
    async handle(messages, heartbeat) {
      const next = performance.now() + FETCH_EVERY_MS
      const parsed = await parseOrPark(messages, readEvent, park, heartbeat)
      const projectedAt = new Date()
      const changes = parsed.flatMap(one => changeOf(one, projectedAt))
      if (changes.length > 0) {
        // The order matters. The projector writes, then checks whether the day is closed. A run closes the day, then lists its
        // users. So in any interleaving the run lists the completion, or the projector finds it late.
        await write(changes.map(({ document }) => document))
        await heartbeat()
        await amendClosed(changes.map(({ userDay }) => userDay))
      }
      // After the completions of the batch: the last event of a task follows all of them.
      const erased = parsed.flatMap(({ event }) => erasedBy(event) ?? [])
      if (erased.length > 0) await completions.eraseTasks(erased)
      await eraseUsers(parsed.filter(isUserErased))
      const left = next - performance.now()
      if (left > 0) await sleep(left)
    },
  }
}

const isUserErased = (one: Parsed<ReadEvent>): one is Parsed<UserErased> => one.event.type === 'UserErased'

function changeOf({ event, message: { partition, offset } }: Parsed<ReadEvent>, projectedAt: Date) {
  if (event.type !== 'TaskCompleted' && event.type !== 'TaskReopened') return []
  const projected = project(event)
  if (projected === undefined) return []
  const at = { partition, offset }
  const { userId, day, timeZone, _id, version } = projected
  return {
    document: { ...projected, at: placeText(at), projectedAt },
    userDay: {
      ...{ userId, day, timeZone, at, document: { _id, version } },
      ...traced(event.traceparent),
    } satisfies UserDay,
  }
}
