import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { token } from '@daybook/shared/testing'
import { execa } from 'execa'
import type { Test } from 'tap'

export interface Comparison {
  /** Whether the service did in every case what its document says. */
  same: boolean
  /** How many requests schemathesis made up. */
  cases: number
  /** What it printed: each difference, with a request that shows it. */
  output: string
}

/**
 * Has schemathesis compare a service with its OpenAPI document, as test/openapi/schemathesis.toml says.
 * @param st the program
 * @param url where the service listens
 * @param options `examples`: cases for each operation and phase, at most; `seed`: the same one, the same cases
 */
export async function compare(
  t: Test,
  st: string,
  url: string,
  { examples, seed }: { examples: number; seed: number },
): Promise<Comparison> {
  const env = { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1', ...(await identities(t)) }
  const limits = [`--max-examples=${examples}`, `--seed=${seed}`]
  const child = execa(st, ['run', `${url}/docs/json`, '--no-color', ...limits], {
    cwd: join(import.meta.dirname, '..', 'openapi'),
    env,
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
  })
  t.teardown(() => child.kill('SIGKILL'))
  const { stdout, stderr, exitCode } = await child
  const cases = Number(/(\d+) generated/.exec(stdout)?.[1] ?? 0)
  return { same: exitCode === 0, cases, output: `${stdout}\n${stderr}` }
}

/** Who asks: an operator, and two people of whom neither may see what is the other's. */
async function identities(t: Test): Promise<Record<string, string>> {
  const people = ['alice', 'bob'].map(async name => {
    const value = `Bearer ${await token(name, { zone: 'Europe/Berlin' })}`
    return { name, fixedHeaders: [{ name: 'Authorization', value }] }
  })
  const file = join(t.testdir({}), 'people.json')
  await writeFile(file, JSON.stringify({ auth: await Promise.all(people) }))
  return { OPERATOR: await token('operator', { admin: true }), PEOPLE: file }
}
