import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { runShell } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { ROOT } from '../../paths.ts'
import { isAlive } from '../../processes/process-group.ts'
import { localStack, printed, servicePids, startProgram } from '../support/program.ts'

const READY = 'Daybook is ready'
const WELCOME_END = 'Press Ctrl-C to stop everything'
const sh = (t: Test, script: string) => runShell(t, script, { cwd: ROOT })

/** The shell blocks of README.md that the test below does not paste, and why. */
const NOT_PASTED = {
  'npm install\nnpm run demo\n':
    'an installation would replace packages during the test run; demo.int.test.ts runs the demo',
  'docker compose up --wait && npm install && npm run demo\n':
    'needs a Docker engine: deploy/docker/test/compose.e2e.test.ts runs it',
  'npm start\n': 'the test below starts the same program, on other ports',
  'npm install && npm test\n': 'this test is part of it',
}

/** The two blocks of commands that `npm start` printed: for a job, and for a task. */
const commands = (output: string) =>
  [/^export OPERATOR[\s\S]*?^ {2}\}'\n/m, /^export ALICE[\s\S]*?^do sleep 1; done\n/m].map(
    block => block.exec(output)?.[0],
  )

/**
 * README.md's other shell blocks, in order, and then its program with the client, as commands. They have the addresses and the folders
 * of the stack that printed `output`.
 */
async function readmeBlocks(
  output: string,
  { logDir, dir, env }: Awaited<ReturnType<typeof localStack>>,
): Promise<string[]> {
  const kafka = `KAFKA_BROKERS=${env.KAFKA_BROKERS} TOPIC_PREFIX=${env.TOPIC_PREFIX}`
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block)
  const urls = new Map(output.matchAll(/^ {2}(\w+) +(http:\S+) /gm).map(([, name, url]) => [name, url]))
  const there = (block: string) =>
    block
      .replaceAll('http://127.0.0.1:3001', urls.get('tasks') ?? '')
      .replaceAll('http://127.0.0.1:3003', urls.get('scheduler') ?? '')
      .replaceAll(' .daybook\n', ` ${logDir}\n`)
      .replaceAll('npm run', `DAYBOOK_DIR=${dir} npm run`)
      .replaceAll('node_modules/.bin/node', `${kafka} node_modules/.bin/node`)
  const [, client = ''] = /^```ts\n(import [^`]*'@daybook\/client'\n.*?)^```$/ms.exec(readme) ?? []
  const program = `node --input-type=module-typescript - <<'END'\n${client}END\n`
  return [...blocks.filter(block => !Object.hasOwn(NOT_PASTED, block)), program].map(there)
}

/** The part of an OpenAPI document that makes the page at /docs show the button Authorize. */
const BEARER = {
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  security: [{ bearer: [] }],
}
const schemeOf = async (page: string) => (await fetch(`${page}/json`)).json()

t.test(
  'npm start prints the commands of README.md, they run a job and write a log, SIGTERM stops everything, and the next start has the data',
  async t => {
    const stack = await localStack(t)
    const { env, dir } = stack
    const first = startProgram(t, 'start', [], env)
    const output = await printed(first, WELCOME_END)
    const blocks = await readmeBlocks(output, stack)
    t.strictSame(blocks.slice(0, 2), commands(output))
    const stdout = await sh(t, blocks.join('\n'))
    t.match(stdout, /"state":"succeeded".*"result":\{"sent":4711\}/)
    t.match(stdout, /\tWater the plants\n/)
    t.match(stdout, /"slotLocal":"[^"]*T09:30:00/)
    t.match(stdout, /The ferns too\n/)
    const [, console = '', code] = /(http:\S+\/ui\/)#code=(\S+)/.exec(output) ?? []
    t.match(await (await fetch(console)).text(), /<title>/)
    const signIn = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    }
    t.match(await (await fetch(new URL('/sign-in', console), signIn)).json(), { token: /^ey/ })
    const pages = output.match(/http:\S+\/docs$/gm) ?? []
    t.equal(pages.length, 4)
    for (const page of pages) t.match(await schemeOf(page), BEARER)
    t.equal((await stat(join(dir, 'auth-secret'))).mode & 0o777, 0o600)

    const pids = await servicePids(dir)
    t.equal(pids.length, 4)
    t.equal(await first.end('SIGTERM'), 0)
    t.strictSame(pids.filter(isAlive), [])

    const second = startProgram(t, 'start', [], env)
    const [, again = ''] = commands(await printed(second, WELCOME_END))
    const token = /^export ALICE.*/.exec(again)?.[0]
    const url = /http:\S+\/tasks/.exec(again)?.[0]
    const listed = await sh(t, `${token}\ncurl -sS '${url}?status=completed' --oauth2-bearer "$ALICE"`)
    t.match(JSON.parse(listed), { tasks: [{ name: 'Water the plants', status: 'completed' }] })

    const [killed = 0] = await servicePids(dir)
    process.kill(killed, 'SIGKILL')
    await printed(
      second,
      /(\w+): ended by itself \(signal SIGKILL\); starting it again[\s\S]*\1: ready again/,
    )
    t.equal(await second.end('SIGINT'), 0)
  },
)

t.test('a port that is in use ends the start with one message', async t => {
  const { env, dir } = await localStack(t)
  const server = createServer().listen(0, '127.0.0.1')
  t.teardown(() => server.close())
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const start = startProgram(t, 'start', [], { ...env, REPORTING_PORT: String(port) })
  t.equal(await start.gone, 1)
  const message = `reporting: port ${port} of 127.0.0.1 is in use: free it, or set REPORTING_PORT to another port\n`
  t.equal(start.output(), message)
  t.strictSame(await servicePids(dir), [])
})

t.test(
  'when a service ends during the start, the start prints the reason and leaves nothing running',
  async t => {
    const { env, dir } = await localStack(t)
    const start = startProgram(t, 'start', [], { ...env, LOG_DIR: '/dev/null/logs' })
    t.equal(await start.gone, 1)
    t.match(start.output(), /reporting: it ended before it was ready \(exit code 1\)[\s\S]*ENOTDIR/)
    t.notMatch(start.output(), READY)
    t.strictSame(await servicePids(dir), [])
  },
)

t.test('a token can be made before the first start, and wrong arguments print the usage', async t => {
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
