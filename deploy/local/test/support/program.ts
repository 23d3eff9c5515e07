import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeStack, type SpawnedProgram, type Stack, spawnProgram, until } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { ROOT } from '../../paths.ts'

/** A running command of the local stack. */
export type Program = Pick<SpawnedProgram, 'end' | 'gone'> & {
  /** Returns all that the command has printed so far. */
  output(): string
}

/** Starts a command of the local stack as a process. */
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

/** Returns the environment of a new local stack on free ports, which uses the Kafka and MongoDB of the test run. */
export async function localStack(
  t: Test,
): Promise<{ env: Record<string, string>; dir: string; logDir: string; stack: Stack }> {
  const stack = await makeStack(t)
  const { env: shared, logDir } = stack
  const { PORT: _port, AUTH_SECRET: _secret, ...rest } = shared
  const dir = t.testdir()
  const ports = { GATEWAY_PORT: '0', TASKS_PORT: '0', REPORTING_PORT: '0', SCHEDULER_PORT: '0' }
  return { env: { ...rest, ...ports, DAYBOOK_DIR: dir }, dir, logDir, stack }
}

/** Waits until a program has printed a text, and returns its whole output. Rejects when the program ends before. */
export async function printed(program: Program, text: string | RegExp): Promise<string> {
  const ended = program.gone.then(how => {
    throw new Error(`It ended (${how}) before it printed ${text}:\n${program.output()}`)
  })
  const seen = until(`it prints ${text}`, () => program.output().match(text) !== null && program.output())
  return Promise.race([seen, ended])
}

/** Returns the process ids in the services' lock files of a local stack. */
export async function servicePids(dir: string): Promise<number[]> {
  const output = join(dir, 'output')
  const lockFiles = (await readdir(output)).filter(name => name.endsWith('.pid'))
  return Promise.all(
    lockFiles.map(async name => Number.parseInt(await readFile(join(output, name), 'utf8'), 10)),
  )
}
