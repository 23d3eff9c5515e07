import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import t from 'tap'

/** What the parser of AsyncAPI says about a document. Severity 0 is an error, 1 a warning, 2 an information. */
interface Parsed {
  complaints: { severity: number; code: string; message: string; path: string[] }[]
  addresses: string[]
}

const folder = join(import.meta.dirname, 'asyncapi')
const committed = await readFile(join(import.meta.dirname, '../docs/asyncapi.json'), 'utf8')

/** Installs the parser with its own lock file, unless it is installed. @returns why that is impossible, or false */
async function install(): Promise<string | false> {
  // The settings of the npm that runs the tests must not reach this npm.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')))
  const npm = (...args: string[]) =>
    execa('npm', args, { cwd: folder, env, extendEnv: false, all: true, reject: false })
  if (!(await npm('ls')).failed) return false
  const { failed, all } = await npm('ci', '--ignore-scripts', '--no-audit', '--no-fund')
  return failed && `the parser of AsyncAPI cannot be installed here: ${all?.trim().split('\n').at(-1)}`
}

async function parse(document: string): Promise<Parsed> {
  const { stdout } = await execa(process.execPath, [join(folder, 'parse.js')], { input: document })
  return JSON.parse(stdout)
}

const serious = (complaints: Parsed['complaints']) => complaints.filter(({ severity }) => severity < 2)
const skip = await install()

t.test('the AsyncAPI document is valid, says its parser', { skip }, async t => {
  const { complaints, addresses } = await parse(committed)
  t.strictSame(serious(complaints), [])
  for (const topic of ['tasks', 'tasks.state', 'clock', 'reports', 'jobs'])
    t.ok(addresses.includes(`daybook.${topic}`), topic)
})

t.test('a document whose message has no such schema is not valid', { skip }, async t => {
  const broken = committed.replace('"#/components/schemas/TaskCompleted.v1"', '"#/components/schemas/Gone"')
  t.match(serious((await parse(broken)).complaints), [{ code: 'invalid-ref' }])
})
