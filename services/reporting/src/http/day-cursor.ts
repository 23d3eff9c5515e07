import { pageOf } from '@daybook/shared/http'
import { type Completion, inOrder } from '../projection/completion.ts'

/** A cursor of the completions of a day: when the last one of a page was completed, and its task. */
export const DAY_CURSOR = '^[^_]+_[^_]+$'

type Place = Pick<Completion, 'completedAt' | 'taskId'>

/**
 * The completions of a day that come after a cursor.
 * @param done in the order of completion
 * @param cursor of the pattern DAY_CURSOR
 */
export function pageAfter<One extends Place>(done: One[], cursor: string | undefined, limit: number) {
  const { page, last } = pageOf(cursor === undefined ? done : after(done, cursor), limit)
  return { page, nextCursor: last ? `${last.completedAt}_${last.taskId}` : null }
}

function after<One extends Place>(done: One[], cursor: string): One[] {
  const [completedAt = '', taskId = ''] = cursor.split('_')
  return done.filter(one => inOrder(one, { completedAt, taskId }) > 0)
}
