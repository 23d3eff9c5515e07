import { type Logger, pino } from 'pino'

/** A log line, parsed. */
export interface LogLine {
  level: number
  msg: string
  [field: string]: unknown
}

/** Makes a logger that keeps its lines. */
export function memoryLog(): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(JSON.parse(line) as LogLine) })
  return { log, lines }
}

/** A logger that writes nothing. */
export const silent: Logger = pino({ level: 'silent' })
