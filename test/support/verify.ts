import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { type Stack, spawnProgram } from '@daybook/shared/testing'
import type { Test } from 'tap'

const program = fileURLToPath(new URL('../../services/reporting/src/verify.ts', import.meta.url))

/** Runs the command `verify` for a day. @returns its exit code and what it prints */
export async function verify(t: Test, { env }: Stack, day: string) {
  const child = spawnProgram(t, program, { args: [day], env })
  child.process.stderr.pipe(process.stderr)
  const output = await text(child.process.stdout)
  return { code: await child.gone, output }
}
