import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeStack, type SpawnedProgram, spawnProgram, until } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { ROOT } from '../../paths.ts'

/** A program of the local stack, running. */
export type Program = Pick<SpawnedProgram, 'end' | 'gone'> & {
  /** What it has printed. */
  output(): string
}

/** Starts `start` or `demo` as a process. */
export function startProgram(
  t: Test,
  name: 'start' | 'demo' | 'token',
  args: string[],
  env: Record<string, string>,
): Program {
  const {
    process: child,
    gone,
    end,
  } = spawnProgram(t, join(ROOT, 'deploy', 'local', 'commands', `${name}.ts`), {
    args,
    env,
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return { output: () => output, end, gone }
}

/** The environment of a local stack of its own, on free ports, on the Kafka and MongoDB of the test run. */
export async function localStack(
  t: Test,
): Promise<{ env: Record<string, string>; dir: string; logDir: string }> {
  const { env: shared, logDir } = await makeStack(t)
  const { PORT: _port, AUTH_SECRET: _secret, ...rest } = shared
  const dir = t.testdir()
  const ports = { TASKS_PORT: '0', REPORTING_PORT: '0', SCHEDULER_PORT: '0' }
  return { env: { ...rest, ...ports, DAYBOOK_DIR: dir }, dir, logDir }
}

/** Resolves when a program has printed something, with all that it has printed. */
export async function printed(program: Program, text: string | RegExp): Promise<string> {
  const ended = program.gone.then(how => {
    throw new Error(`It ended (${how}) before it printed ${text}:\n${program.output()}`)
  })
  const seen = until(`it prints ${text}`, () => program.output().match(text) !== null && program.output())
  return Promise.race([seen, ended])
}

/** The process of each service that runs in a local stack's folder. */
export async function servicePids(dir: string): Promise<number[]> {
  const output = join(dir, 'output')
  const notes = (await readdir(output)).filter(name => name.endsWith('.pid'))
  return Promise.all(notes.map(async name => Number.parseInt(await readFile(join(output, name), 'utf8'), 10)))
}
