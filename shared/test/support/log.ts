import { type Logger, pino } from 'pino'

/** A log line as its readers get it. */
export interface LogLine {
  level: number
  msg: string
  [field: string]: unknown
}

/** A logger that keeps its lines. */
export function memoryLog(): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(JSON.parse(line) as LogLine) })
  return { log, lines }
}

/** A logger that says nothing. */
export const silent: Logger = pino({ level: 'silent' })
