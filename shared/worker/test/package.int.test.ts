import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { LONG, makeStack, spawnProgram } from '@daybook/shared/testing'
import t from 'tap'
import { startFakeScheduler } from './support/fake-scheduler.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
// Outside of the repository, so that Node finds nothing of it from there.
const folder = await mkdtemp(join(tmpdir(), 'daybook-package-'))
t.teardown(() => rm(folder, { recursive: true }))

// Without what npm tells the programs that it starts.
const isForeign = (name: string) => /^npm_(?!config_registry$)/.test(name)
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForeign(name)))
// tap sets NODE_OPTIONS for each program that a test starts, and its loader does not fit the compiler.
const run = (program: string, args: string[], cwd: string) =>
  promisify(execFile)('env', ['-u', 'NODE_OPTIONS', program, ...args], { cwd, env })

/** Packs a copy of the library: packing changes its package.json for a moment, and other tests import the library. */
async function pack(): Promise<string> {
  const copy = join(folder, 'repository')
  await mkdir(copy)
  for (const path of ['tsconfig.json', 'tools/pack', 'shared/src', 'shared/package.json'])
    await cp(join(root, path), join(copy, path), { recursive: true })
  for (const path of ['src', 'pack', 'package.json'])
    await cp(join(root, 'shared/worker', path), join(copy, 'shared/worker', path), { recursive: true })
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  await run('npm', ['pack', '--pack-destination', folder], join(copy, 'shared/worker'))
  const [tarball] = (await readdir(folder)).filter(name => name.endsWith('.tgz'))
  return join(folder, tarball ?? '')
}

/** Installs the tarball in a folder as a user does. */
const installByNpm = (tarball: string, into: string) =>
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball, 'typebox@1.4.3'], into)

/** Unpacks the tarball beside those packages of the repository that it declares: without others, and without the registry. */
async function unpack(tarball: string, into: string): Promise<void> {
  const installed = join(into, 'node_modules')
  const own = join(installed, '@daybook/worker')
  await mkdir(own, { recursive: true })
  await run('tar', ['-xzf', tarball, '-C', own, '--strip-components=1'], into)
  const { dependencies } = JSON.parse(await readFile(join(own, 'package.json'), 'utf8'))
  for (const name of Object.keys(dependencies))
    await symlink(join(root, 'node_modules', name), join(installed, name))
}

/** Makes a folder with the program and the package. npm installs it with LONG=true only, because that takes long. */
async function install(tarball: string): Promise<string> {
  const program = join(folder, 'program')
  await cp(fileURLToPath(new URL('package', import.meta.url)), program, { recursive: true })
  await (LONG ? installByNpm : unpack)(tarball, program)
  return program
}

const stack = await makeStack(t)
const [scheduler, program] = await Promise.all([startFakeScheduler(t, stack), pack().then(install)])

t.test('the package needs neither MongoDB nor a web server', async t => {
  const installed = await readdir(join(program, 'node_modules'))
  t.ok(installed.includes('kafkajs'))
  t.notOk(installed.includes('mongoose'))
  t.notOk(installed.includes('fastify'))
})

t.test('the type declarations know the data of the handler', async t => {
  const types = join(root, 'node_modules/@types')
  const options = [
    '--strict',
    '--noEmit',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--allowImportingTsExtensions',
  ]
  const compile = [...options, '--typeRoots', types, '--types', 'node', 'program.ts']
  await t.resolves(run(join(root, 'node_modules/.bin/tsc'), compile, program))
})

t.test('the program runs a job, and ends on SIGTERM', async t => {
  const { KAFKA_BROKERS, TOPIC_PREFIX } = stack.env as { KAFKA_BROKERS: string; TOPIC_PREFIX: string }
  const worker = spawnProgram(t, join(program, 'program.ts'), { env: { KAFKA_BROKERS, TOPIC_PREFIX } })
  worker.process.stderr.pipe(process.stderr)
  worker.process.stdout.resume()
  await scheduler.due('first', { kind: 'send-invoice', data: { invoice: 4711, to: 'alice' } })
  t.equal((await scheduler.report('JobSucceeded', 'first')).result, 'invoice 4711 to alice as first')
  t.equal(await worker.end('SIGTERM'), 0)
  await scheduler.beat('the last beat', ({ state }) => state === 'stopped')
})
