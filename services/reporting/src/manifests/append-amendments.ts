import type { DayAmended } from '@daybook/shared/events'
import { concurrently } from '../concurrently.ts'
import { logPath } from '../logs/file-names.ts'
import { type UserLogs, userLogId } from '../logs/user-log-store.ts'
import { currentRunId, dayInZone } from '../run-id.ts'
import type { Manifests } from './manifest-files.ts'
import { lineOf } from './manifest-lines.ts'

// Few, because a backlog may be about hundreds of manifests: each is an open file, or is in memory as a whole in a bucket.
const MAX_CONCURRENT = 4

/**
 * Appends amendments to the manifests of all runs of their logs, before they are published: a log may belong to several time
 * zones. A run that is not reported has no manifest yet; its report lists the amended log.
 */
export async function appendAmendments(
  amended: DayAmended[],
  { manifests, userLogs }: { manifests: Pick<Manifests, 'append'>; userLogs: Pick<UserLogs, 'findAll'> },
): Promise<void> {
  const idOf = ({ data: { day, userId } }: DayAmended) => userLogId(day, userId)
  const known = await userLogs.findAll([...new Set(amended.map(idOf))])
  const byRun = new Map<string, string[]>()
  for (const one of amended) {
    for (const run of new Set(known.get(idOf(one))?.runs.map(currentRunId)))
      byRun.set(run, [...(byRun.get(run) ?? []), lineOf(amendmentLine(one))])
  }
  await concurrently([...byRun], MAX_CONCURRENT, async ([run, lines]) => {
    await manifests.append(dayInZone(run), lines)
  })
}

function amendmentLine({ data }: DayAmended) {
  const { day, userId, revision, completions, sha256, taskFiles = null, amendedAt, coveredOffsets } = data
  const path = `${logPath(day, userId)}.log`
  const log = {
    kind: 'amendment',
    userId,
    path,
    revision,
    completions,
    sha256,
    taskFiles,
    amendedAt,
  } as const
  return coveredOffsets === undefined ? log : { ...log, coveredOffsets }
}
