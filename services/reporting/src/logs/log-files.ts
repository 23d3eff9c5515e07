import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { draftName, sweepDrafts } from './files/drafts.ts'
import { folderDays } from './files/folder-days.ts'
import type { LogDays } from './files/log-days.ts'
import { fileThread } from './files/start-thread.ts'
import type { UserFiles } from './files/write-files.ts'
import { type LogReader, logReader, pathOf } from './read-logs.ts'

/** The files of a user's day. Files that are not listed here are removed. */
export interface DayFiles extends Omit<UserFiles, 'path'> {
  day: string
  userId: string
}

/** The log files: `<root>/<day>/<user>.log` and `<root>/<day>/<user>/<task file>`. */
export interface LogFiles extends Pick<LogReader, 'read'> {
  /**
   * Writes days of users, each file whole or not at all. The files are durable when the promise resolves.
   * @param timeLimit milliseconds after which the days that are not written yet fail
   * @returns the errors by the place of the day; undefined for a day whose files are written
   */
  write: (days: DayFiles[], timeLimit: number) => Promise<(Error | undefined)[]>
}

/** A place for log files: a folder or a bucket, with the same names and bytes. */
export interface LogTarget extends LogFiles, LogReader, LogDays {}

/**
 * Opens the folder of the log files, and removes the drafts that killed processes left there. Only the files that this module
 * imports use the file system.
 * @param root the folder, which is made if it is missing; several processes may share it
 * @param writes false: this process mostly reads, so the folder may be missing or read-only until a log is written
 */
export async function openLogFiles(root: string, { writes = true } = {}): Promise<LogTarget> {
  // All drafts are in one folder, outside the folders of the days, so that one listing finds them.
  const drafts = join(root, '.tmp')
  if (writes) {
    await mkdir(drafts, { recursive: true })
    await sweepDrafts(drafts)
  }
  const thread = fileThread()
  return {
    write: (days, timeLimit) =>
      thread.write({
        timeLimit,
        drafts: join(drafts, draftName()),
        users: days.map(({ day, userId, ...files }) => ({ path: pathOf(root, day, userId), ...files })),
      }),
    ...logReader(root),
    ...folderDays(root, drafts),
  }
}
