import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { type Stack, spawnProgram } from '@daybook/shared/testing'
import type { Test } from 'tap'

/** Starts a command of tasks, as in `startCommand(t, stack, 'republish', '--dry-run')`. */
export function startCommand(t: Test, { env }: Stack, name: string, ...args: string[]) {
  const program = fileURLToPath(new URL(`../../src/${name}.ts`, import.meta.url))
  const child = spawnProgram(t, program, { args, env })
  const ended = async () => {
    const [output, errors] = await Promise.all([text(child.process.stdout), text(child.process.stderr)])
    return { code: await child.gone, lines: output.trimEnd().split('\n'), errors }
  }
  return { process: child.process, ended: ended() }
}
