import { DaybookError } from '@daybook/shared/failures/errors'
import type { Model, QueryFilter } from 'mongoose'
import type { Cursor, Order } from '../cursor.ts'
import { searchText } from '../search-text.ts'
import type { TaskDocument } from './task-model.ts'

/** What a list contains. */
export interface TaskQuery {
  /** undefined: the tasks of all users, which only the order by creation has. */
  userId: string | undefined
  /** undefined: open and completed tasks. `deleted`: without erased ones. */
  status?: 'open' | 'completed' | 'deleted' | undefined
  /** Only tasks with all of these tags. */
  tag?: string[] | undefined
  /** Only tasks due on this local date, before one, or after one. */
  dueOn?: string | undefined
  dueBefore?: string | undefined
  dueAfter?: string | undefined
  /** Only tasks that were completed on a day before or after this one, each in the time zone of its completion. */
  completedBefore?: string | undefined
  completedAfter?: string | undefined
  /** Only tasks whose name contains this text, whatever its Unicode form and case. */
  q?: string | undefined
  sort: Order
  /** Only tasks after this place in the order. */
  after?: Cursor | undefined
  limit: number
}

// Ids are UUIDv7, so their order is that of creation. A task's id never changes, so its place stays the same between pages.
const keys = { '-createdAt': { _id: -1 }, '-updatedAt': { updatedAt: -1, _id: -1 } } as const

// An index of all names would cost a part of each insert. So a search over all users reads documents, at most so many milliseconds.
const SEARCH_LIMIT_MS = 2_000
const MAX_TIME_EXPIRED = 50

/**
 * Reads the documents of a list.
 * @param limitMs how many milliseconds MongoDB may work on a list of all users
 * @throws DaybookError DAYBOOK_SEARCH_TOO_LONG when that was not enough
 */
export async function readList(
  tasks: Model<TaskDocument>,
  query: TaskQuery,
  limitMs = SEARCH_LIMIT_MS,
): Promise<TaskDocument[]> {
  const found = tasks.find(filterOf(query)).sort(keys[query.sort]).limit(query.limit).lean<TaskDocument[]>()
  if (query.userId !== undefined) return found
  try {
    return await found.maxTimeMS(limitMs)
  } catch (error) {
    throw (error as { code?: unknown }).code === MAX_TIME_EXPIRED ? tooLong(error) : error
  }
}

const tooLong = (cause: unknown) =>
  new DaybookError(
    'DAYBOOK_SEARCH_TOO_LONG',
    'There are too many tasks to search those of all users: name a user, or send other conditions',
    { cause },
  )

/** The filter of the documents of a list. Each of a user is bounded by an index of the user's tasks, see task-model.ts. */
function filterOf(query: TaskQuery): QueryFilter<TaskDocument> {
  const { userId, status, tag = [], q, after } = query
  return {
    ...(userId === undefined ? {} : { userId }),
    status: status ?? { $ne: 'deleted' },
    ...(status === 'deleted' ? { erased: { $ne: true } } : {}),
    ...(tag.length > 0 ? { tags: { $all: tag } } : {}),
    ...within('dueOn', { $eq: query.dueOn, $lt: query.dueBefore, $gt: query.dueAfter }),
    ...within('completion.day', { $lt: query.completedBefore, $gt: query.completedAfter }),
    ...(q === undefined ? {} : { searchName: { $regex: literal(searchText(q)) } }),
    ...(after === undefined ? {} : following(after)),
  }
}

/** The conditions on a day that are given. A comparison with a text matches no null. */
function within(field: string, conditions: Record<string, string | undefined>): QueryFilter<TaskDocument> {
  const given = Object.entries(conditions).filter(([, day]) => day !== undefined)
  return given.length > 0 ? { [field]: Object.fromEntries(given) } : {}
}

function following({ id, updatedAt }: Cursor): QueryFilter<TaskDocument> {
  if (updatedAt === undefined) return { _id: { $lt: id } }
  // The first condition is redundant, but with it MongoDB starts in the index at this place.
  return {
    updatedAt: { $lte: updatedAt },
    $or: [{ updatedAt: { $lt: updatedAt } }, { _id: { $lt: id } }],
  }
}

/** A regular expression that matches a text literally. MongoDB refuses a pattern with a NUL character. */
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\0', '\\x00')
