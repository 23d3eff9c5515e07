import { createHash } from 'node:crypto'
import type { UserLog } from '../../../services/reporting/src/logs/user-log-model.ts'
import type { StoredCompletion } from '../../../services/reporting/src/projection/completion-model.ts'
import { type Expected, expectedFiles } from './expected.ts'

export const sha256 = (text: string | undefined): string | null =>
  text === undefined ? null : createHash('sha256').update(text).digest('hex')

/** The projection has the last change of each task on each day, and when it was written. */
export function checkProjection(expected: Expected, stored: ReadonlyMap<string, StoredCompletion>): string[] {
  const found: string[] = []
  for (const id of new Set([...expected.last.keys(), ...stored.keys()])) {
    const [wanted, got] = [expected.last.get(id), stored.get(id)]
    const isSame =
      wanted?.event.data.sequence === got?.version &&
      wanted?.timeZone === got?.timeZone &&
      (wanted?.completed === undefined) === (got?.takenBack ?? true) &&
      (got?.projectedAt?.getTime() ?? 0) >= Date.parse(wanted?.event.time ?? '') &&
      (got === undefined || got.takenBack || got.name === wanted?.completed?.name)
    if (!isSame) found.push(`the projection has ${JSON.stringify(got)} in place of ${wanted?.event.id}`)
  }
  return found
}

/** The files are those that the events ask for, and the records agree with them. */
export function checkFiles(
  expected: Expected,
  disk: ReadonlyMap<string, string>,
  records: ReadonlyMap<string, UserLog>,
): string[] {
  const found: string[] = []
  const wanted = expectedFiles(expected)
  for (const path of new Set([...wanted.keys(), ...disk.keys()])) {
    if (wanted.get(path) !== disk.get(path))
      found.push(
        `${path} is ${JSON.stringify(disk.get(path))} in place of ${JSON.stringify(wanted.get(path))}`,
      )
    if (!records.has(path.slice(0, -'.log'.length))) found.push(`${path} has no record`)
  }
  for (const [id, record] of records) {
    const text = disk.get(`${id}.log`)
    const lines = text === undefined ? 0 : text.split('\n').length - 1
    if (record.sha256 !== sha256(text)) found.push(`the record ${id} has another SHA-256 than its file`)
    if (record.completions !== lines) found.push(`the record ${id} has ${record.completions} completions`)
    if (record.state !== 'written' || record.revision < 1) found.push(`the record ${id} is not of a log`)
    if (!hasAmendments(record)) found.push(`the record ${id} lacks amendments: ${JSON.stringify(record)}`)
  }
  return found
}

/** The newest 20 revisions after the first one are listed, in the order in which they were written. */
function hasAmendments({ revision, amendments = [], firstWrittenAt, writtenAt }: UserLog): boolean {
  const listed = amendments.map(one => one.revision).join()
  const wanted = Array.from({ length: Math.min(20, revision - 1) }, (_, i) => revision - i).toReversed()
  const times = [...amendments.map(one => one.writtenAt), writtenAt].map(Number)
  return (
    listed === wanted.join() &&
    revision > 1 === (firstWrittenAt !== undefined) &&
    times.every((time, i) => time >= Number(times[i - 1] ?? firstWrittenAt ?? 0))
  )
}
