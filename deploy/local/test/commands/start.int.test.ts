import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { ROOT } from '../../paths.ts'
import { isAlive } from '../../processes/process-group.ts'
import { localStack, printed, servicePids, startProgram } from '../support/program.ts'

const READY = 'Daybook is ready'
const END = 'Ctrl-C stops it all'
const sh = (script: string) => promisify(execFile)('sh', ['-c', script], { cwd: ROOT })

/** The commands that were printed, as they would be pasted. */
const commands = (output: string) => output.match(/^ {2}(export|curl|TASK=|until) ?.*$/gm) ?? []

/** The blocks of README.md that are pasted beside a stack that runs, for the addresses and the folder of another one. */
async function readmeBlocks(output: string, logDir: string, dir: string): Promise<string[]> {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block)
  const urls = new Map(output.matchAll(/^ {2}(\w+) +(http:\S+) /gm).map(([, name, url]) => [name, url]))
  const there = (block: string) =>
    block
      .replaceAll('http://127.0.0.1:3001', urls.get('tasks') ?? '')
      .replaceAll('http://127.0.0.1:3003', urls.get('scheduler') ?? '')
      .replaceAll(' .daybook;', ` ${logDir};`)
      .replaceAll('npm run', `DAYBOOK_DIR=${dir} npm run`)
  return blocks.filter(block => block.includes('curl')).map(there)
}

t.test(
  'the printed commands and those of README.md write a log, SIGTERM stops all, and the data are there at the next start',
  async t => {
    const { env, dir, logDir } = await localStack(t)
    const first = startProgram(t, 'start', [], env)
    const output = await printed(first, END)
    const lines = commands(output)
    t.equal(lines.length, 5)
    t.match((await sh(`set -e\n${lines.join('\n')}`)).stdout, /\tWater the plants\n$/)
    const [steps = '', ...schedules] = await readmeBlocks(output, logDir, dir)
    const { stdout } = await sh(`set -e\n${steps}${schedules.join('')}`)
    t.match(stdout, /\tWater the plants\n/)
    t.match(stdout, /"slotLocal":"[^"]*T09:30:00/)
    t.equal((await stat(join(dir, 'auth-secret'))).mode & 0o777, 0o600)

    const pids = await servicePids(dir)
    t.equal(pids.length, 3)
    t.equal(await first.end('SIGTERM'), 0)
    t.strictSame(pids.filter(isAlive), [])

    const second = startProgram(t, 'start', [], env)
    const [tokens = '', create = ''] = commands(await printed(second, END))
    const list = create.replace(/.*(http:\S+ -H "[^"]*").*/, 'curl -sS $1')
    t.match(JSON.parse((await sh(`${tokens}\n${list}`)).stdout), {
      tasks: [{ name: 'Water the plants', status: 'completed' }],
    })

    const [killed = 0] = await servicePids(dir)
    process.kill(killed, 'SIGKILL')
    await printed(
      second,
      /(\w+): ended by itself \(signal SIGKILL\); starting it again[\s\S]*\1: ready again/,
    )
    t.equal(await second.end('SIGINT'), 0)
  },
)

t.test('a port in use is said in one message', async t => {
  const { env, dir } = await localStack(t)
  const server = createServer().listen(0, '127.0.0.1')
  t.teardown(() => server.close())
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const start = startProgram(t, 'start', [], { ...env, REPORTING_PORT: String(port) })
  t.equal(await start.gone, 1)
  const told = `reporting: port ${port} of 127.0.0.1 is in use: free it, or set REPORTING_PORT to another\n`
  t.equal(start.output(), told)
  t.strictSame(await servicePids(dir), [])
})

t.test('a service that ends at the start tells why, and nothing is left running', async t => {
  const { env, dir } = await localStack(t)
  const start = startProgram(t, 'start', [], { ...env, LOG_DIR: '/dev/null/logs' })
  t.equal(await start.gone, 1)
  t.match(start.output(), /reporting: it ended before it was ready \(exit code 1\)[\s\S]*ENOTDIR/)
  t.notMatch(start.output(), READY)
  t.strictSame(await servicePids(dir), [])
})

t.test('a token is made before the stack ever ran, and wrong usage is told', async t => {
  const env = { DAYBOOK_DIR: t.testdir() }
  const run = async (...args: string[]) => {
    const program = startProgram(t, 'token', args, env)
    return { code: await program.gone, output: program.output() }
  }
  const { code, output } = await run('alice', '--zone', 'Europe/Berlin', '--admin')
  t.equal(code, 0)
  const claims = JSON.parse(Buffer.from(output.split('.')[1] ?? '', 'base64url').toString())
  t.match(claims, { sub: 'alice', zoneinfo: 'Europe/Berlin', scope: 'admin' })
  t.equal(claims.exp - claims.iat, 7 * 24 * 60 * 60)
  t.match(await readFile(join(env.DAYBOOK_DIR, 'auth-secret'), 'utf8'), /^.{43}\n$/)
  t.match(await run(), { code: 2, output: /^usage: / })
  t.match(await run('alice', '--zone', 'Mars/Base'), { code: 1, output: '"Mars/Base" is not a time zone' })
})
