import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { token } from '@daybook/shared/testing'
import { execa } from 'execa'
import type { Test } from 'tap'

export interface Comparison {
  /** Whether the service behaved in every case as its document says. */
  same: boolean
  /** The number of generated requests. */
  cases: number
  /** The output: each difference, with a request that shows it. */
  output: string
}

/**
 * Compares a service with its OpenAPI document by schemathesis, with the settings of test/openapi/schemathesis.toml.
 * @param st the path of the program
 * @param url the address of the service
 * @param options `examples`: the maximum of cases for each operation and phase; `seed`: equal seeds give equal cases; `phases`:
 *   which phases of schemathesis run, by default all
 */
export async function compare(
  t: Test,
  st: string,
  url: string,
  { examples, seed, phases }: { examples: number; seed: number; phases?: readonly string[] | undefined },
): Promise<Comparison> {
  const env = { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1', ...(await identities(t)) }
  const limits = [`--max-examples=${examples}`, `--seed=${seed}`]
  if (phases !== undefined) limits.push(`--phases=${phases.join(',')}`)
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

/** Makes the identities of the requests: an operator, and two people who must not see each other's tasks. */
async function identities(t: Test): Promise<Record<string, string>> {
  const people = ['alice', 'bob'].map(async name => {
    const value = `Bearer ${await token(name, { zone: 'Europe/Berlin' })}`
    return { name, fixedHeaders: [{ name: 'Authorization', value }] }
  })
  const file = join(t.testdir({}), 'people.json')
  await writeFile(file, JSON.stringify({ auth: await Promise.all(people) }))
  return { OPERATOR: await token('operator', { admin: true }), PEOPLE: file }
}
