import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type LogLine, type SpawnedProgram, type Stack, spawnProgram } from '@daybook/shared/testing'
import type { Test } from 'tap'

/** A worker that runs as a process. */
export interface RunningWorker extends SpawnedProgram {
  /** The lines of its log so far. */
  lines: LogLine[]
}

const program = fileURLToPath(new URL('../programs/worker.ts', import.meta.url))

/** Starts the worker of test/programs as a process. */
export function startWorker(t: Test, stack: Stack, settings: Record<string, string> = {}): RunningWorker {
  const { KAFKA_BROKERS, TOPIC_PREFIX } = stack.env as { KAFKA_BROKERS: string; TOPIC_PREFIX: string }
  const spawned = spawnProgram(t, program, { env: { KAFKA_BROKERS, TOPIC_PREFIX, ...settings } })
  const lines: LogLine[] = []
  spawned.process.stderr.pipe(process.stderr)
  createInterface(spawned.process.stdout).on('line', line => {
    const parsed = JSON.parse(line) as LogLine
    lines.push(parsed)
    if (parsed.level >= 40) t.comment(line)
  })
  return { ...spawned, lines }
}
