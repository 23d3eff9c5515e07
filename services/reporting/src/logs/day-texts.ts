import type { LoggedCompletion } from '../projection/completion.ts'
import type { Completions } from '../projection/completion-store.ts'
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
}

/**
 * Makes the texts of many users' days from the projection, each with the id of its log. Days without completions are left out.
 * A day's texts are made as soon as it is read: completions that live for long cost more than all else that is done to them.
 * @param taskFiles whether each completed task gets a file of its own
 */
export async function* textsOf(
  days: LogRequest[],
  { completions, taskFiles }: { completions: Completions; taskFiles: boolean },
): AsyncGenerator<[id: string, texts: DayTexts]> {
  if (!taskFiles) {
    for await (const done of completions.ofUserDays(days))
      yield [idOf(done), { ...userLog(done), tasks: undefined, taskFiles: null }]
    return
  }
  for await (const done of completions.inDetail(days)) {
    const tasks = new Map(done.map(completion => [taskFileName(completion), taskFileText(completion)]))
    yield [idOf(done), { ...userLog(done), tasks, taskFiles: taskFilesDigest(tasks) }]
  }
}

const userLog = (done: LoggedCompletion[]) => ({ log: userLogText(done), completions: done.length })

const idOf = ([first]: LoggedCompletion[]) => userLogId(first?.day ?? '', first?.userId ?? '')
