import type { DayAmended, DayReported } from '@daybook/shared/events'
import type { UserLog } from '../../../services/reporting/src/logs/user-log-model.ts'
import { sha256 } from './check-stores.ts'
import type { ReportTopic } from './facts.ts'

/** A line of a manifest, as docs/events.md describes it. */
interface Line {
  kind: 'day' | 'log' | 'end' | 'amendment'
  userId?: string
  revision?: number
  sha256?: string | null
}

const isReported = (event: DayReported | DayAmended): event is DayReported => event.type === 'DayReported'

/**
 * Each reported day has a manifest: its report is the one of which DayReported has the SHA-256, and with its amendments it agrees
 * with the records of the logs.
 * @param manifests the lines by path
 */
export function checkManifests(
  { first }: ReportTopic,
  manifests: ReadonlyMap<string, readonly string[]>,
  records: ReadonlyMap<string, UserLog>,
): string[] {
  return first
    .map(({ event }) => event)
    .filter(isReported)
    .flatMap(event => {
      const { day, timeZone, manifestSha256 } = event.data
      const path = `.manifests/${day}/${timeZone.replaceAll('/', '_')}.ndjson`
      const texts = manifests.get(path) ?? []
      const lines = texts.map(text => JSON.parse(text) as Line)
      const end = lines.findIndex(({ kind }) => kind === 'end')
      const report = texts.slice(0, end + 1).map(text => `${text}\n`)
      const found = sha256(report.join('')) === manifestSha256 ? [] : [`${path} is not that of ${event.id}`]
      const own = [...records.values()].filter(({ runs }) => runs.includes(`${day}@${timeZone}`))
      return [...found, ...own.flatMap(record => compare(record, lines, path))]
    })
}

/** The newest line of a log has what its record has. */
function compare({ userId, revision, sha256 }: UserLog, lines: Line[], path: string): string[] {
  const [newest] = lines
    .filter(line => line.userId === userId)
    .sort((a, b) => (b.revision ?? 0) - (a.revision ?? 0))
  if (newest?.revision === revision && newest.sha256 === sha256) return []
  return [`${path} has ${JSON.stringify(newest)} of ${userId} in place of revision ${revision}`]
}
