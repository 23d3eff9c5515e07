import { erasedText } from '@daybook/shared/events'
import type { Offsets } from '@daybook/shared/kafka'
import { type Completion, inOrder, project, type TakenBack } from '../projection/completion.ts'
import { erasedBy, type ReadEvent } from '../projection/read-events.ts'

/** What the events say about one day. */
export interface Recount {
  /**
   * Takes an event of any day, in any order, also again. The erasure of a task comes after its completions.
   * @param at where it is in daybook.tasks
   */
  add: (event: ReadEvent, at: { partition: number; offset: bigint }) => void
  users: () => string[]
  /** The completions of a user that count, in the order of completion. */
  ofUser: (userId: string) => Completion[]
  /** The time zones in which an event of the day was. */
  timeZones: () => string[]
  /** What counts in a time zone, and the end of its events: by partition the offset after the last one. */
  inZone: (timeZone: string) => { users: number; completions: number; end: Offsets }
}

/** Recounts a day from its events. Its memory grows with the tasks of that day only. */
export function recount(day: string): Recount {
  const users = new Map<string, Map<string, Completion | TakenBack>>()
  const ends = new Map<string, Offsets>()
  const ofUser = (userId: string) =>
    [...(users.get(userId)?.values() ?? [])].filter(document => !document.takenBack).sort(inOrder)

  function noteEnd(timeZone: string, { partition, offset }: { partition: number; offset: bigint }): void {
    const end = ends.get(timeZone) ?? new Map<number, bigint>()
    if (offset >= (end.get(partition) ?? 0n)) end.set(partition, offset + 1n)
    ends.set(timeZone, end)
  }

  return {
    add(event, at) {
      const gone = erasedBy(event)
      const completion = gone && users.get(gone.userId)?.get(gone.taskId)
      if (completion?.takenBack === false) Object.assign(completion, erasedText())
      if (event.type !== 'TaskCompleted' && event.type !== 'TaskReopened') return
      const document = project(event)
      if (document?.day !== day) return
      noteEnd(document.timeZone, at)
      const tasks = users.get(document.userId) ?? new Map()
      users.set(document.userId, tasks)
      if ((tasks.get(document.taskId)?.version ?? 0) < document.version) tasks.set(document.taskId, document)
    },
    users: () => [...users.keys()],
    ofUser,
    timeZones: () => [...ends.keys()],
    inZone(timeZone) {
      const counting = [...users.keys()].map(
        user => ofUser(user).filter(completion => completion.timeZone === timeZone).length,
      )
      return {
        users: counting.filter(count => count > 0).length,
        completions: counting.reduce((sum, count) => sum + count, 0),
        end: ends.get(timeZone) ?? new Map(),
      }
    },
  }
}
