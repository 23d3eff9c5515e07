import type { Connection } from 'mongoose'
import type { Completion } from '../projection/completion.ts'
import { completionModel } from '../projection/completion-model.ts'

/** What is stored of a task on a day, without text. */
export interface KnownCompletion
  extends Pick<Completion, 'version' | 'day' | 'timeZone' | 'userId' | 'taskId' | 'at' | 'projectedAt'> {
  takenBack: boolean
  /** Absent when the completion was taken back. */
  completedAt?: string
}

/** Finds what is stored of single tasks. */
export interface TaskDays {
  /** What is stored of a task on some days. Completions have no index on their task, only their ids, which begin with the day. */
  find: (taskId: string, days: readonly string[]) => Promise<KnownCompletion[]>
}

const shown = { name: 0, notes: 0, dueOn: 0, tags: 0 } as const

export function openTaskDays(connection: Connection): TaskDays {
  const completions = completionModel(connection)
  return {
    find: (taskId, days) =>
      completions
        .find({ _id: { $in: days.map(day => `${day}:${taskId}`) } }, shown)
        .lean<KnownCompletion[]>(),
  }
}
