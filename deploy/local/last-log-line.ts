import { lastLines } from './run.ts'

type LogLine = { level?: number; msg?: string; err?: { message?: string } }

const WARN = 40

/**
 * What the output of a service tells a person of its end: the message of the last log line that is a warning or worse.
 * Output that is no log, as Node prints when it can't run a program at all, is told by its last lines.
 */
export function lastLogLine(output: string): string {
  const lines = output.split('\n').filter(line => line.trim() !== '')
  const bad = lines.map(parse).findLast(line => (line?.level ?? 0) >= WARN)
  if (bad === undefined) return lastLines(output)
  const message = [bad.msg, bad.err?.message].filter(text => text !== undefined).join(': ')
  return message.replace(/^/gm, '  ')
}

function parse(line: string): LogLine | undefined {
  try {
    return JSON.parse(line) as LogLine
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
