import { erasedText } from '@daybook/shared/events'
import {
  type Completion,
  type DetailedCompletion,
  inOrder,
  type LoggedCompletion,
} from '../../../../services/reporting/src/projection/completion.ts'
import type { StoredCompletion } from '../../../../services/reporting/src/projection/completion-model.ts'
import type {
  Completions,
  LeaveLarge,
} from '../../../../services/reporting/src/projection/completion-store.ts'
import { collectionOf } from '../collection.ts'
import type { Connection } from '../database.ts'
import { putNewer } from '../put-newer.ts'

type DayOfUser = Parameters<Completions['ofUserDays']>[0][number]

/**
 * `openCompletions` in memory. Each document of `apply` is written on its own.
 * @param large from how many completions on a day is large, see `LeaveLarge`
 */
export function memoryCompletions(connection: Connection, large = 2500): Completions {
  const completions = collectionOf<StoredCompletion>(connection, 'completions')
  const isOn = (day: string, timeZone: string) => (one: StoredCompletion) =>
    one.day === day && one.timeZone === timeZone
  const counting = (day: string, timeZone: string) => (one: StoredCompletion) =>
    !one.takenBack && isOn(day, timeZone)(one)

  async function ofUser(userId: string, day: string): Promise<Completion[]> {
    const found = await completions.find(one => one.userId === userId && one.day === day && !one.takenBack)
    return (found as Completion[]).sort(inOrder)
  }

  async function* ofUserDays<Read>(
    days: DayOfUser[],
    leave: LeaveLarge | undefined,
    pick: (completion: Completion) => Read,
  ): AsyncGenerator<Read[]> {
    const once = [...new Map(days.map(one => [`${one.day}/${one.userId}`, one])).values()]
    for (const { userId, day } of once.sort(byUser)) {
      const found = await ofUser(userId, day)
      if (leave !== undefined && found.length >= large) leave({ userId, day })
      else if (found.length > 0) yield found.map(pick)
    }
  }

  /** Finds the users one by one, in their order, as MongoDB skips through its index. */
  async function* users(day: string, timeZone: string): AsyncGenerator<string> {
    const next = (after: string | undefined) =>
      completions.least(
        one => isOn(day, timeZone)(one) && (after === undefined || one.userId > after),
        one => one.userId,
      )
    for (let user = await next(undefined); user !== undefined; user = await next(user)) yield user
  }

  return {
    apply: documents => putNewer(completions, documents),
    async eraseTasks(tasks) {
      const erased = new Set(tasks.map(({ userId, taskId }) => `${taskId}/${userId}`))
      await completions.updateAll(
        one => !one.takenBack && erased.has(`${one.taskId}/${one.userId}`),
        one => ({ ...one, ...erasedText() }),
      )
    },
    async daysOf(userId) {
      const found = await completions.find(one => one.userId === userId && !one.takenBack)
      const days = new Map(found.map(({ day, timeZone }) => [`${day}@${timeZone}`, { day, timeZone }]))
      return [...days.values()]
    },
    async origins(ids) {
      const found = await completions.getAll(ids)
      return new Map(found.map(({ _id, version, at }) => [_id, { version, ...(at && { at }) }]))
    },
    ofUser,
    ofUserDays: (days, leave) => ofUserDays(days, leave, logged),
    inDetail: (days, leave) => ofUserDays(days, leave, detailed),
    async nonEmpty(days) {
      const found: DayOfUser[] = []
      for await (const [first] of ofUserDays(days, undefined, logged))
        if (first !== undefined) found.push({ userId: first.userId, day: first.day })
      return found
    },
    users,
    async zones(day) {
      const found = await completions.find(one => one.day === day)
      return [...new Set(found.map(({ timeZone }) => timeZone))]
    },
    async count(day, timeZone) {
      const [counted, found] = await Promise.all([
        completions.find(counting(day, timeZone)),
        completions.find(counting(day, timeZone)),
      ])
      return { users: new Set(found.map(({ userId }) => userId)).size, completions: counted.length }
    },
    async withCompletions(days) {
      const found = new Set<(typeof days)[number]>()
      for (const one of days)
        if ((await completions.find(counting(one.day, one.timeZone))).length > 0) found.add(one)
      return found
    },
  }
}

const byUser = (a: DayOfUser, b: DayOfUser) =>
  a.userId === b.userId ? (a.day < b.day ? -1 : 1) : a.userId < b.userId ? -1 : 1

const logged = ({ userId, day, timeZone, taskId, name, completedAt }: Completion): LoggedCompletion => ({
  userId,
  day,
  timeZone,
  taskId,
  name,
  completedAt,
})

const detailed = (completion: Completion): DetailedCompletion => {
  const { notes, dueOn, tags } = completion
  return { ...logged(completion), notes, dueOn, tags }
}
