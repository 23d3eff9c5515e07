import { hasPassed, offsetsFromJson } from '@daybook/shared/kafka'
import { sha256Of, taskFilesDigest } from '../logs/digests.ts'
import { taskFileName, taskFileText, userLogText } from '../logs/log-format.ts'
import { type Manifests, manifestPath } from '../manifests/manifest-files.ts'
import { type AmendmentLine, type DayLine, type LogLine, readLine } from '../manifests/manifest-lines.ts'
import { readReport } from '../manifests/report-manifest.ts'
import type { Completion } from '../projection/completion.ts'
import { runId } from '../run-id.ts'
import type { Run } from '../runs/run-model.ts'
import type { Runs } from '../runs/run-store.ts'
import type { Recount } from './recount.ts'

/** What the manifests of a day say. */
export interface DayManifests {
  /** By time zone and user: the line with the highest revision. */
  listed: Map<string, Map<string, LogLine | AmendmentLine>>
  /** A sentence for each difference that is not about one user. */
  differences: string[]
  /** The runs that earlier versions reported: they made no manifest. */
  without: string[]
}

interface ManifestDeps {
  runs: Pick<Runs, 'find'>
  manifests: Pick<Manifests, 'read'>
}

/** Reads the manifests of all runs of a day that are done, and compares each with its run and with the events. */
export async function readManifests(
  day: string,
  counted: Recount,
  deps: ManifestDeps,
): Promise<DayManifests> {
  const found = await deps.runs.find(counted.timeZones().map(timeZone => runId(day, timeZone)))
  const all: DayManifests = { listed: new Map(), differences: [], without: [] }
  for (const run of found.filter(({ state }) => state === 'done')) {
    if (run.manifestSha256 === undefined) {
      all.without.push(run._id)
      continue
    }
    all.differences.push(...(await compareReport(run, counted, deps.manifests)))
    all.listed.set(run.timeZone, await newestLines(run, deps.manifests))
  }
  return all
}

async function compareReport(run: Run, counted: Recount, manifests: ManifestDeps['manifests']) {
  const path = manifestPath(run)
  const report = await readReport(run, manifests)
  if (report === undefined) return [`${path} has no report of the day`]
  const first = readLine(report.first)
  if (report.sha256 !== run.manifestSha256 || first?.kind !== 'day')
    return [
      `the report in ${path} has the SHA-256 ${report.sha256}, and not ${run.manifestSha256} as in DayReported`,
    ]
  return compareCounts(first, counted, path)
}

/** The events before the covered offsets were in the report. If there are no others, its counts are those of the events. */
function compareCounts(
  { timeZone, coveredOffsets, users, completions }: DayLine,
  counted: Recount,
  path: string,
) {
  const said = counted.inZone(timeZone)
  if (!hasPassed(offsetsFromJson(coveredOffsets), said.end)) return []
  if (said.users === users && said.completions === completions) return []
  const [ours, theirs] = [`${said.completions} completions of ${said.users}`, `${completions} of ${users}`]
  return [`before the offsets that ${path} covers are ${ours} users, and it reports ${theirs}`]
}

async function newestLines(run: Run, manifests: ManifestDeps['manifests']) {
  const newest = new Map<string, LogLine | AmendmentLine>()
  for await (const text of (await manifests.read(run)) ?? []) {
    const line = readLine(text)
    if (line?.kind !== 'log' && line?.kind !== 'amendment') continue
    if ((newest.get(line.userId)?.revision ?? 0) <= line.revision) newest.set(line.userId, line)
  }
  return newest
}

/** @returns how the manifests differ from what the events say about a user's day, a sentence for each difference */
export function compareListed(
  userId: string,
  expected: Completion[],
  { listed }: Pick<DayManifests, 'listed'>,
): string[] {
  const sha256 = expected.length === 0 ? null : sha256Of(userLogText(expected))
  const texts = new Map(expected.map(one => [taskFileName(one), taskFileText(one)]))
  return [...listed].flatMap(([timeZone, lines]) => {
    const line = lines.get(userId)
    const belongs = expected.some(one => one.timeZone === timeZone)
    if (line === undefined) return belongs ? [`the manifest of ${timeZone} does not list the log`] : []
    if (line.sha256 !== sha256)
      return [`the manifest of ${timeZone} lists the log with the SHA-256 ${line.sha256}, and not ${sha256}`]
    return line.taskFiles === null || line.taskFiles.sha256 === taskFilesDigest(texts).sha256
      ? []
      : [`the manifest of ${timeZone} lists other task files`]
  })
}
