import type { PlaceInDay } from '../projection-reads/user-days-store.ts'

/** A cursor of the completions of a day: when the last one of a page was completed, and its task. */
export const DAY_CURSOR = '^[^_]+_[^_]+$'

/** Decodes a cursor. @param cursor of the pattern DAY_CURSOR */
export function readDayCursor(cursor: string): PlaceInDay {
  const [completedAt = '', taskId = ''] = cursor.split('_')
  return { completedAt, taskId }
}

/** Encodes the place after a completion. */
export const writeDayCursor = ({ completedAt, taskId }: PlaceInDay): string => `${completedAt}_${taskId}`
