import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { type Stack, spawnProgram } from '@daybook/shared/testing'
import type { Test } from 'tap'

/** How a command has ended, and what it has printed. */
export interface Ended {
  /** The exit code, or the signal. */
  code: string | number
  lines: string[]
  errors: string
}

/** Starts a command of reporting, as in `startCommand(t, stack, 'verify', '2026-11-22')`. */
export function startCommand(t: Test, { env }: Stack, name: string, ...args: string[]) {
  const program = fileURLToPath(new URL(`../../src/${name}.ts`, import.meta.url))
  const child = spawnProgram(t, program, { args, env })
  const ended = async (): Promise<Ended> => {
    const [output, errors] = await Promise.all([text(child.process.stdout), text(child.process.stderr)])
    return { code: await child.gone, lines: output.trimEnd().split('\n'), errors }
  }
  return { process: child.process, ended: ended() }
}
