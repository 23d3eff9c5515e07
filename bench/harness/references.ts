import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { spawnProgram } from '@daybook/shared/testing'
import type { Bench, Figures } from './benchmark.ts'

/** A reference that runs as a process of its own. */
export interface Reference {
  pid: number
  /** The next line that it prints, as JSON. It rejects when the program ends before that. */
  next: <Value>() => Promise<Value>
  /** Ends it. */
  stop: () => Promise<unknown>
}

/**
 * Starts a program of bench/references. It gets the settings as one JSON argument, and prints lines of JSON.
 * @param name the name of its file, without `.ts`
 */
export function startReference(bench: Bench, name: string, settings: object): Reference {
  const { lines, process: child, end } = spawnReference(bench, name, settings)
  const printed = lines[Symbol.asyncIterator]()
  return {
    pid: child.pid as number,
    async next() {
      const { done, value } = await printed.next()
      if (done) throw new Error(`bench/references/${name}.ts ended: see its output above`)
      return JSON.parse(value)
    },
    stop: () => end('SIGTERM'),
  }
}

/**
 * Runs a program of bench/references until it ends.
 * @returns the figures that its last line has
 * @throws Error when it fails
 */
export async function runReference(bench: Bench, name: string, settings: object): Promise<Figures> {
  const { lines, gone } = spawnReference(bench, name, settings)
  let last = ''
  for await (const line of lines) last = line
  const code = await gone
  if (code !== 0) throw new Error(`bench/references/${name}.ts ended with ${code}: see its output above`)
  return JSON.parse(last)
}

function spawnReference(bench: Bench, name: string, settings: object) {
  const file = fileURLToPath(new URL(`../references/${name}.ts`, import.meta.url))
  const program = spawnProgram({ teardown: bench.defer }, file, {
    args: [JSON.stringify(settings)],
    // kafkajs causes warnings about negative timeouts.
    env: { NODE_NO_WARNINGS: '1' },
  })
  program.process.stderr.pipe(process.stderr)
  return { ...program, lines: createInterface(program.process.stdout) }
}
