import { Instant, Nullable, TaskId, TimeZone } from '@daybook/shared/events'
import { localTime } from '@daybook/shared/time/days'
import { stringify } from 'csv-stringify/sync'
import { type Static, Type } from 'typebox'
import type { Completion } from '../projection/completion.ts'

/** The formats of a log, with their content types. */
export const formats = {
  text: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const
export type Format = keyof typeof formats

/** A completion in a log. */
export const LogLine = Type.Object(
  {
    completedAt: Instant('When the task was completed'),
    localTime: Type.String({
      format: 'date-time',
      description: 'The same in the time zone, with its offset',
    }),
    timeZone: TimeZone('The time zone of the user at that time'),
    taskId: TaskId,
    name: Type.String(),
    notes: Nullable(Type.String(), 'The notes, or null'),
    dueOn: Nullable(Type.String({ format: 'date' }), 'The date on which the task was due, or null'),
    tags: Type.Array(Type.String()),
  },
  { title: 'LogLine' },
)

/** The columns of CSV. */
export const columns = Object.keys(LogLine.properties) as (keyof typeof LogLine.properties)[]

const lineOf = ({
  completedAt,
  timeZone,
  taskId,
  name,
  notes,
  dueOn,
  tags,
}: Completion): Static<typeof LogLine> => ({
  completedAt,
  localTime: localTime(new Date(completedAt), timeZone),
  timeZone,
  taskId,
  name,
  notes,
  dueOn,
  tags,
})

/** Makes the text of a log from completions, in their order. */
export function inFormat(format: Exclude<Format, 'text'>, completions: Completion[]): string {
  const lines = completions.map(lineOf)
  if (format === 'json') return JSON.stringify(lines)
  if (format === 'ndjson') return lines.map(line => `${JSON.stringify(line)}\n`).join('')
  const records = lines.map(line => ({ ...line, tags: line.tags.join(',') }))
  // The library alone quotes only fields with the whole delimiter of records, and many readers end a record at a single character of it.
  return stringify(records, { header: true, columns, record_delimiter: 'windows', quoted_match: /[\r\n]/ })
}
