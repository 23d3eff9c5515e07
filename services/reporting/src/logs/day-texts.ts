import type { LoggedCompletion } from '../projection/completion.ts'
import type { Completions, DayOfUser } from '../projection/completion-store.ts'
import { type TaskFilesDigest, taskFilesDigest } from './digests.ts'
import type { UserFiles } from './files/write-files.ts'
import { taskFileName, taskFileText, userLogText } from './log-format.ts'
import type { LogRequest } from './log-requests.ts'
import { userLogId } from './user-log-store.ts'

/** The texts of the files of a user's day. */
export interface DayTexts extends Pick<UserFiles, 'log' | 'tasks'> {
  completions: number
  /** Null without task files. */
  taskFiles: TaskFilesDigest | null
  /** The time zones of the completions. */
  timeZones: ReadonlySet<string>
}

interface TextOptions {
  completions: Completions
  taskFiles: boolean
  onLarge: ((id: string) => void) | undefined
}

/**
 * Makes the texts of many users' days from the projection, each with the id of its log. Days without completions are left out.
 * A day's texts are made as soon as it is read: completions that live for long cost more than all else that is done to them.
 * @param options.taskFiles whether each completed task gets a file of its own
 * @param options.onLarge gets the id of each log with 2,500 completions or more, which is then left out
 */
export async function* textsOf(
  days: LogRequest[],
  { completions, taskFiles, onLarge }: TextOptions,
): AsyncGenerator<[id: string, texts: DayTexts]> {
  const leave = onLarge && (({ day, userId }: DayOfUser) => onLarge(userLogId(day, userId)))
  if (!taskFiles) {
    for await (const done of completions.ofUserDays(days, leave))
      yield [idOf(done), { ...userLog(done), tasks: undefined, taskFiles: null }]
    return
  }
  for await (const done of completions.inDetail(days, leave)) {
    const tasks = new Map(done.map(completion => [taskFileName(completion), taskFileText(completion)]))
    yield [idOf(done), { ...userLog(done), tasks, taskFiles: taskFilesDigest(tasks) }]
  }
}

const userLog = (done: LoggedCompletion[]) => ({
  log: userLogText(done),
  completions: done.length,
  timeZones: new Set(done.map(({ timeZone }) => timeZone)),
})

const idOf = ([first]: LoggedCompletion[]) => userLogId(first?.day ?? '', first?.userId ?? '')
