import type { DayAmended, DayReported } from '@daybook/shared/events'
import type { Change, Expected } from './expected.ts'
import { lineOf } from './expected.ts'
import type { ClockTopic, ReportTopic, Seen } from './facts.ts'
import { isEndOfDay } from './facts.ts'

/** The files at the moment at which a DayReported was published, by the id of the event. */
export type Snapshots = ReadonlyMap<string, ReadonlyMap<string, string>>

const dayInZone = ({ day, timeZone }: { day: string; timeZone: string }) => `${day}@${timeZone}`
const isReported = (seen: Seen<DayReported | DayAmended>): seen is Seen<DayReported> =>
  seen.event.type === 'DayReported'
const isAmended = (seen: Seen<DayReported | DayAmended>): seen is Seen<DayAmended> =>
  seen.event.type === 'DayAmended'

const isCovered = ({ partition, offset }: Change, { event }: Seen<DayReported>) =>
  offset < BigInt(event.data.coveredOffsets[String(partition)] ?? 0)

/** When each day ended, by `<day>@<zone>`. */
const endsOf = ({ first }: ClockTopic) =>
  new Map(first.filter(isEndOfDay).map(({ event: { data } }) => [dayInZone(data), Date.parse(data.endedAt)]))

interface Given {
  reports: ReportTopic
  clock: ClockTopic
  expected: Expected
  snapshots: Snapshots
}

/** Every day with a completion has one DayReported, which has all that was answered before the end of the day. */
export function checkReports({ reports, clock, expected, snapshots }: Given): string[] {
  const found = [...reports.differences]
  const reported = new Map(reports.first.filter(isReported).map(seen => [dayInZone(seen.event.data), seen]))
  const ends = endsOf(clock)
  const byDay = Map.groupBy(expected.changes, dayInZone)
  for (const id of reported.keys()) if (!byDay.has(id)) found.push(`${id} is reported and has no completion`)
  for (const [id, changes] of byDay) {
    const report = reported.get(id)
    const counts = changes.some(
      change => expected.last.get(`${change.day}:${change.taskId}`) === change && change.completed,
    )
    if (report === undefined) {
      if (counts) found.push(`${id} is not reported`)
      continue
    }
    const endedAt = ends.get(id) ?? Number.NEGATIVE_INFINITY
    const inTime = changes.filter(({ answeredAt = endedAt }) => answeredAt < endedAt)
    // A task counts once on a day: its last completion there, which may be in another zone.
    const inAllZones = expected.changes.filter(({ day }) => day === report.event.data.day)
    found.push(...checkCovered(report, inTime), ...checkSnapshot(report, inAllZones, inTime, snapshots))
    found.push(...checkCounts(report, inAllZones))
  }
  return found
}

const checkCovered = (report: Seen<DayReported>, inTime: Change[]): string[] =>
  inTime
    .filter(change => !isCovered(change, report))
    .map(({ event: { id } }) => `${report.event.id} does not cover ${id}, which was answered in time`)

/** The files had each completion that was answered in time and never changed. */
function checkSnapshot(
  { event: { id } }: Seen<DayReported>,
  inAllZones: Change[],
  inTime: Change[],
  snapshots: Snapshots,
): string[] {
  const files = snapshots.get(id)
  return inTime.flatMap(change => {
    const isOnly = inAllZones.every(other => other === change || other.taskId !== change.taskId)
    if (change.completed === undefined || !isOnly) return []
    const text = files?.get(`${change.day}/${change.userId}.log`) ?? ''
    return text.includes(lineOf(change.completed)) ? [] : [`${id}: its files lack ${change.event.id}`]
  })
}

/** The counts are those of the covered events, except for what happened after them. */
function checkCounts(report: Seen<DayReported>, inAllZones: Change[]): string[] {
  const { data, id } = report.event
  const covered = inAllZones.filter(change => isCovered(change, report))
  const last = new Map(covered.map(change => [change.taskId, change]))
  const counting = [...last.values()].filter(one => one.completed && one.timeZone === data.timeZone)
  const most = inAllZones.length - covered.length
  if (Math.abs(data.completions - counting.length) <= most) return []
  return [`${id} counts ${data.completions} completions in place of ${counting.length} (± ${most})`]
}

/**
 * Amendments of a log come after the report, with growing revisions, and only if a change of the log was answered after the
 * first end of its day: in several zones the day ends several times. Amendments precede the report only if the day lost all its
 * completions while its run wrote the logs: that run reports nothing, and the next completion makes another one.
 */
export function checkAmendments(
  { reports, clock, expected }: Given,
  shaOf: (path: string) => string | null,
): string[] {
  const found: string[] = []
  const reported = new Map(reports.first.filter(isReported).map(seen => [dayInZone(seen.event.data), seen]))
  const ends = endsOf(clock)
  const byLog = Map.groupBy(expected.changes, ({ day, userId }) => `${day}/${userId}`)
  const amended = reports.first.filter(isAmended)
  for (const one of amended) {
    const { id, data } = one.event
    const report = reported.get(dayInZone(data))
    const precedes = report !== undefined && report.offset > one.offset
    if (precedes && !wasEmptied(expected.changes, data)) found.push(`${id} precedes ${report.event.id}`)
    const changes = byLog.get(`${data.day}/${data.userId}`) ?? []
    const first = Math.min(...changes.map(change => ends.get(dayInZone(change)) ?? Number.POSITIVE_INFINITY))
    const isLate = ({ answeredAt = Number.POSITIVE_INFINITY }: Change) => answeredAt >= first
    // The first revision may be announced although the report has it: see docs/events.md.
    if (data.revision > 1 && !changes.some(isLate)) found.push(`${id} amends a log without a late change`)
  }
  for (const [log, ofLog] of Map.groupBy(amended, ({ event: { data } }) => `${data.day}/${data.userId}`)) {
    let revision = 0
    for (const { event } of ofLog) {
      if (event.data.revision <= revision) found.push(`${event.id} follows revision ${revision}`)
      revision = event.data.revision
    }
    const sha256 = ofLog.at(-1)?.event.data.sha256
    if (sha256 !== shaOf(`${log}.log`)) found.push(`${log}: its last DayAmended has another SHA-256`)
  }
  return found
}

/** Whether all completions of a day in a zone were taken back at some time, and another one came later. */
function wasEmptied(changes: Change[], day: { day: string; timeZone: string }): boolean {
  const ofDay = changes.filter(change => dayInZone(change) === dayInZone(day))
  ofDay.sort((a, b) => a.event.time.localeCompare(b.event.time))
  const completed = new Set<string>()
  return ofDay.slice(0, -1).some(change => {
    if (change.completed) completed.add(change.taskId)
    else completed.delete(change.taskId)
    return completed.size === 0
  })
}
