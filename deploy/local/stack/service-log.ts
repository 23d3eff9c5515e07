import { lastLines } from '../processes/last-lines.ts'

type LogLine = { level?: number; msg?: string; err?: { message?: string } }

const WARN = 40

/** Returns the message of a service's last warning or error, indented; undefined when its log has none. */
export function lastWarning(output: string): string | undefined {
  const lines = output.split('\n').filter(line => line.trim() !== '')
  const bad = lines.map(parse).findLast(line => (line?.level ?? 0) >= WARN)
  const message = bad && [bad.msg, bad.err?.message].filter(text => text !== undefined).join(': ')
  return message?.replace(/^/gm, '  ')
}

/**
 * Extracts from a service's output why it ended: its last warning or error. Without one, the last lines are returned,
 * because Node prints plain text when it cannot run a program.
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
