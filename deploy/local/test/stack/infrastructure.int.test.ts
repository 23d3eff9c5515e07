import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { signalGroup } from '../../processes/process-group.ts'
import { SetupError } from '../../processes/setup-error.ts'
import { type Infrastructure, openInfrastructure } from '../../stack/infrastructure.ts'
import { answering } from '../support/answering.ts'

// These tests are about embedded servers, so the servers that the test run's environment names are left out.
const { KAFKA_BROKERS: _brokers, MONGODB_URI: _uri, ...env } = process.env
const report = (line: string) => t.comment(line)

async function occupiedPort(t: Test): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  t.teardown(() => server.close())
  await once(server, 'listening')
  return (server.address() as { port: number }).port
}

t.test('servers that the environment names are used, and none is started', async t => {
  const named = { KAFKA_BROKERS: 'a:1, b:2,', MONGODB_URI: 'mongodb://c' }
  const opened = await openInfrastructure({ env: named, dir: '/nowhere', report })
  t.strictSame(opened.brokers, ['a:1', 'b:2'])
  t.equal(opened.mongoUri, 'mongodb://c')
  await opened.stop()
})

t.test('both servers answer until they are stopped, and a second stop has no effect', async t => {
  const opened = await openInfrastructure({ env, dir: t.testdir(), report })
  t.strictSame(await answering(opened), [true, true])
  await Promise.all([opened.stop(), opened.stop()])
  t.strictSame(await answering(opened), [false, false])
})

t.test('a port in use is an error that says what to do, and no server is left running', async t => {
  const kafkaPort = await occupiedPort(t)
  const dir = t.testdir()
  const opening = openInfrastructure({ env, dir, kafkaPort, report })
  await t.rejects(opening, new SetupError(), 'it is a SetupError')
  await t.rejects(opening, { message: new RegExp(`port ${kafkaPort} .* is in use.*KAFKA_BROKERS`) })
  await t.rejects(readFile(join(dir, 'mongo', 'mongodb.pid')), { code: 'ENOENT' }, 'MongoDB has ended')
})

t.test('without Java the error says what to install', async t => {
  const opening = openInfrastructure({ env: { ...env, JAVA_HOME: '/nowhere' }, dir: t.testdir(), report })
  await t.rejects(opening, { name: 'SetupError', message: /needs Java 17 or newer.*install one/ })
})

/** Returns the process group in a directory's lock file. */
async function groupIn(dir: string): Promise<number> {
  const lockFile = (await readdir(dir)).find(name => name.endsWith('.pid')) ?? ''
  return Number.parseInt(await readFile(join(dir, lockFile), 'utf8'), 10)
}

t.test('the servers of a killed stack end, and its directory can be opened again', async t => {
  const dir = t.testdir()
  const stack = fork(join(import.meta.dirname, '..', 'fixtures', 'stack.ts'), [dir], { env })
  const [first] = (await once(stack, 'message')) as [Infrastructure]
  t.strictSame(await answering(first), [true, true])
  const groups = await Promise.all(['kafka', 'mongo'].map(name => groupIn(join(dir, name))))
  stack.kill('SIGKILL')
  const opened = await openInfrastructure({ env, dir, report })
  // Look at the process groups, because the new servers may have the same ports.
  t.notOk(
    groups.some(group => signalGroup(group, 0)),
    'the first servers have ended',
  )
  t.strictSame(await answering(opened), [true, true])
  await opened.stop()
})
