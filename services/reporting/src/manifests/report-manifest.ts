import { createHash } from 'node:crypto'
import { logPath } from '../logs/file-names.ts'
import type { KnownLog, UserLogs } from '../logs/user-log-store.ts'
import { runId } from '../run-id.ts'
import type { Manifests } from './manifest-files.ts'
import { type DayLine, type EndLine, type LogLine, lineOf, readLine } from './manifest-lines.ts'

/** The report of a day in its manifest. */
export interface ManifestReport {
  /** Its first line. */
  first: string
  end: EndLine
  /** The SHA-256 of its lines, with their ends. */
  sha256: string
}

/**
 * Makes the manifest of a run that has written all logs. If there is one of this run, it stays as it is: another process may have
 * made it, and amendments may follow. A manifest with another first line is of a run that is gone, and is replaced.
 * @returns the report that is stored, with which the day is to be reported
 */
export async function reportManifest(
  day: Omit<DayLine, 'kind'>,
  { manifests, userLogs }: { manifests: Manifests; userLogs: Pick<UserLogs, 'ofRun'> },
): Promise<ManifestReport> {
  const first = lineOf({ kind: 'day', ...day })
  for (;;) {
    await manifests.create(day, reportLines(first, userLogs.ofRun(runId(day.day, day.timeZone))))
    const stored = await readReport(day, manifests)
    if (stored?.first === first) return stored
    await manifests.remove(day)
  }
}

async function* reportLines(first: string, ofRun: AsyncIterable<KnownLog>): AsyncGenerator<string> {
  const end: EndLine = { kind: 'end', logs: 0, failures: 0 }
  yield first
  for await (const log of ofRun) {
    end.logs += 1
    if (log.state === 'failed') end.failures += 1
    yield lineOf(logLine(log))
  }
  yield lineOf(end)
}

function logLine({ day, userId, revision, completions, sha256, taskFiles = null, state }: KnownLog): LogLine {
  const path = `${logPath(day, userId)}.log`
  const line: LogLine = { kind: 'log', userId, path, revision, completions, sha256, taskFiles }
  return state === 'failed' ? { ...line, failed: true } : line
}

/** @returns the report in a manifest; undefined when there is no manifest, or no whole report in it */
export async function readReport(
  of: Pick<DayLine, 'day' | 'timeZone'>,
  manifests: Pick<Manifests, 'read'>,
): Promise<ManifestReport | undefined> {
  const hash = createHash('sha256')
  let first: string | undefined
  for await (const text of (await manifests.read(of)) ?? []) {
    first ??= text
    hash.update(`${text}\n`)
    const end = text.startsWith('{"kind":"end"') ? readLine(text) : undefined
    if (end?.kind === 'end') return { first, end, sha256: hash.digest('hex') }
  }
  return undefined
}
