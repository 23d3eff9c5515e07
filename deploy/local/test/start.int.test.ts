import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { until } from '@daybook/shared/testing'
import t from 'tap'
import { isAlive } from '../process-group.ts'
import { ROOT } from '../settings.ts'
import { localStack, printed, servicePids, startProgram } from './support/program.ts'

const READY = 'Daybook is ready'
const END = 'Ctrl-C stops it all'
const sh = (script: string) => promisify(execFile)('sh', ['-c', script], { cwd: ROOT })

/** The commands that were printed, as they would be pasted. */
const commands = (output: string) => output.match(/^ {2}(curl|TASK=|cat) ?.*$/gm) ?? []

t.test(
  'the printed commands write a log, SIGTERM stops all, and the data are there at the next start',
  async t => {
    const { env, dir } = await localStack(t)
    const first = startProgram(t, 'start', [], env)
    const lines = commands(await printed(first, END))
    t.equal(lines.length, 5)
    await sh(`set -e\n${lines.slice(0, 4).join('\n')}`)
    const { stdout } = await until('the log is written', () => sh(lines[4] ?? ''))
    t.match(stdout, /\tWater the plants\n$/)
    t.equal((await stat(join(dir, 'auth-secret'))).mode & 0o777, 0o600)

    const pids = await servicePids(dir)
    t.equal(pids.length, 3)
    t.equal(await first.end('SIGTERM'), 0)
    t.strictSame(pids.filter(isAlive), [])

    const second = startProgram(t, 'start', [], env)
    const [create = ''] = commands(await printed(second, END))
    const list = create.replace(/ -H 'Content-Type.*/, '')
    t.match(JSON.parse((await sh(list)).stdout), {
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
