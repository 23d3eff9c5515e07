import { createInterface } from 'node:readline'
import { type Logger, pino } from 'pino'
import type { SpawnedProgram } from './spawn.ts'

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

/** Collects the lines that a running service logs from now on. */
export function logLines({ process }: Pick<SpawnedProgram, 'process'>): LogLine[] {
  const lines: LogLine[] = []
  createInterface(process.stdout).on('line', line => lines.push(JSON.parse(line) as LogLine))
  return lines
}
