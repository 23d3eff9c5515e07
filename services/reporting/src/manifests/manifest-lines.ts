import { Day, Instant, Nullable, Offsets, TaskFiles, TimeZone, UserId } from '@daybook/shared/events'
import { validatorOf } from '@daybook/shared/validation/ajv'
import { type Static, Type } from 'typebox'

/**
 * The lines of a manifest, each a JSON object. First the report of the day: a line `day`, a line `log` for each log of its run
 * in the order of user ids, and a line `end`. A line `amendment` follows for each DayAmended. The report is never changed, and its
 * SHA-256, with the end of its last line, is in DayReported.
 */

const count = Type.Integer({ minimum: 0 })

const log = {
  userId: UserId,
  /** Of the user log, below the folder of the log files. Without `.log` it is the path of the folder of the task files. */
  path: Type.String(),
  revision: count,
  completions: count,
  sha256: Nullable(Type.String(), 'Null when the log holds no task: then there is no file'),
  taskFiles: TaskFiles,
}

const lines = {
  day: Type.Object({
    kind: Type.Literal('day'),
    day: Day('The day'),
    timeZone: TimeZone('The time zone of the day'),
    coveredOffsets: Offsets('As in DayReported'),
    users: count,
    completions: count,
  }),
  log: Type.Object({
    kind: Type.Literal('log'),
    ...log,
    /** True for a log that could not be written: the other fields tell how it was before. */
    failed: Type.Optional(Type.Literal(true)),
  }),
  end: Type.Object({ kind: Type.Literal('end'), logs: count, failures: count }),
  amendment: Type.Object({
    kind: Type.Literal('amendment'),
    ...log,
    amendedAt: Instant('As in DayAmended'),
    coveredOffsets: Type.Optional(Offsets('As in DayAmended')),
  }),
}

export type DayLine = Static<typeof lines.day>
export type LogLine = Static<typeof lines.log>
export type EndLine = Static<typeof lines.end>
export type AmendmentLine = Static<typeof lines.amendment>
export type ManifestLine = DayLine | LogLine | EndLine | AmendmentLine

const faultsOf = {
  day: validatorOf(lines.day),
  log: validatorOf(lines.log),
  end: validatorOf(lines.end),
  amendment: validatorOf(lines.amendment),
}

/** The text of a line, without its end. */
export const lineOf = (line: ManifestLine): string => JSON.stringify(line)

/**
 * Reads a line.
 * @returns undefined when it is none: an append that was interrupted leaves a part of a line
 */
export function readLine(text: string): ManifestLine | undefined {
  try {
    const line = JSON.parse(text)
    const faults = faultsOf[line?.kind as ManifestLine['kind']]?.(line)
    return faults?.length === 0 ? line : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
