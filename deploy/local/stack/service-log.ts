import { lastLines } from '../processes/last-lines.ts'

type LogLine = { level?: number; msg?: string; err?: { message?: string } }

const WARN = 40

/** The message of the last log line of a service that is a warning or worse, indented; undefined when there is none. */
export function lastWarning(output: string): string | undefined {
  const lines = output.split('\n').filter(line => line.trim() !== '')
  const bad = lines.map(parse).findLast(line => (line?.level ?? 0) >= WARN)
  const message = bad && [bad.msg, bad.err?.message].filter(text => text !== undefined).join(': ')
  return message?.replace(/^/gm, '  ')
}

/**
 * What the output of a service tells a person of its end. Output that is no log, as Node prints when it can't run a
 * program at all, is told by its last lines.
 */
export const explainExit = (output: string): string => lastWarning(output) ?? lastLines(output)

function parse(line: string): LogLine | undefined {
  try {
    return JSON.parse(line) as LogLine
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
