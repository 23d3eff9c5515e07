import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { writeFiles } from '../../src/logs/files/write-files.ts'
import { type DayFiles, openLogFiles } from '../../src/logs/log-files.ts'

const DAY = '2026-11-22'
const MINUTE = 60_000

type Day = Pick<DayFiles, 'log' | 'tasks'>

/** Opens a folder of log files. `write` writes one day, and throws why it cannot be written. */
async function makeFiles(t: Test) {
  const root = join(t.testdir(), 'logs')
  const files = await openLogFiles(root)
  const write = async (day: string, userId: string, texts: Day) => {
    const [failure] = await files.write([{ day, userId, ...texts }], MINUTE)
    if (failure) throw failure
  }
  return { root, files: { ...files, write }, writeAll: files.write }
}

/** All files below a folder and what is in them. */
async function contents(root: string): Promise<Record<string, string>> {
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  const read = found
    .filter(entry => entry.isFile())
    .map(async ({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path.slice(root.length + 1), await readFile(path, 'utf8')] as const
    })
  return Object.fromEntries(await Promise.all(read))
}

const day = (log: string | null, tasks: Record<string, string> = {}) => ({
  log,
  tasks: new Map(Object.entries(tasks)),
})

t.test('reading a path without a log file returns no log', async t => {
  const { root, files } = await makeFiles(t)
  await mkdir(join(root, DAY, 'alice.log'), { recursive: true })
  await symlink('loop.log', join(root, DAY, 'loop.log'))
  await writeFile(join(root, '2026-11-23'), '')
  t.equal(await files.read(DAY, 'alice'), undefined, 'a directory')
  t.equal(await files.read(DAY, 'loop'), undefined, 'a link to itself')
  t.equal(await files.read('2026-11-23', 'alice'), undefined, 'a file in place of the day')
  t.equal(await files.read(DAY, 'x'.repeat(5000)), undefined, 'a long name')
})

t.test('a user whose name is a path gets files inside the folder of the day only', async t => {
  const { root, files } = await makeFiles(t)
  for (const user of ['../../outside', '..', '/etc/passwd', '.tmp']) await files.write(DAY, user, day('x'))
  t.strictSame(await readdir(join(root, '..')), ['logs'])
  t.strictSame((await readdir(root)).sort(), ['.tmp', DAY])
  t.equal((await readdir(join(root, DAY))).length, 4)
})

t.test('a file that cannot be renamed leaves no draft', async t => {
  const { root, files } = await makeFiles(t)
  await mkdir(join(root, DAY, 'alice.log'), { recursive: true })
  await t.rejects(files.write(DAY, 'alice', day('one\n', { '1.log': 'one' })), { code: 'EISDIR' })
  t.strictSame(await readdir(join(root, '.tmp')), [])
})

t.test('a user whose path is a directory or a file fails alone in a batch', async t => {
  const { root, writeAll } = await makeFiles(t)
  await mkdir(join(root, DAY, 'bob.log'), { recursive: true })
  await writeFile(join(root, DAY, 'carol'), 'in place of her folder')
  const users = ['alice', 'bob', 'carol', 'dave']
  const failures = await writeAll(
    users.map(userId => ({ day: DAY, userId, ...day('one\n', { '1.log': 'one' }) })),
    MINUTE,
  )
  t.strictSame(
    failures.map(failure => failure && 'code' in failure && failure.code),
    [undefined, 'EISDIR', 'ENOTDIR', undefined],
  )
  for (const user of ['alice', 'dave']) {
    t.equal(await readFile(join(root, DAY, `${user}.log`), 'utf8'), 'one\n')
    t.strictSame(await readdir(join(root, DAY, user)), ['1.log'])
  }
  t.strictSame(await readdir(join(root, '.tmp')), [])
})

t.test('files can be written after the folder was deleted', async t => {
  const { root, files } = await makeFiles(t)
  await rm(root, { recursive: true })
  await files.write(DAY, 'alice', day('one\n'))
  t.strictSame(await contents(root), { [`${DAY}/alice.log`]: 'one\n' })
})

t.test('the start removes the drafts of processes that have ended, and no others', async t => {
  const root = t.testdir()
  const drafts = join(root, '.tmp')
  await mkdir(drafts)
  const { pid: gone } = spawnSync(process.execPath, ['--version'])
  const dead = `${hostname()}.${gone}.1`
  const own = `${hostname()}.${process.pid}.1`
  const living = `${hostname()}.${process.ppid}.1`
  const elsewhere = 'other-host.1.1'
  const old = 'other-host.1.2'
  for (const name of [dead, own, living, elsewhere, old]) await writeFile(join(drafts, name), '')
  const longAgo = new Date(Date.now() - 2 * 3_600_000)
  await utimes(join(drafts, old), longAgo, longAgo)
  await openLogFiles(root)
  t.strictSame((await readdir(drafts)).sort(), [living, elsewhere].sort())
})

t.test('a day can have more tasks than the number of files that a process may open', async t => {
  const root = t.testdir()
  const module = import.meta.resolve('../../src/logs/log-files.ts')
  const script = `
    import { openLogFiles } from '${module}'
    const tasks = new Map(Array.from({ length: 500 }, (_, i) => [i + '.log', 'x']))
    const [failure] = await (await openLogFiles('${root}')).write([{ day: '${DAY}', userId: 'alice', log: 'x', tasks }], 60_000)
    if (failure) throw failure`
  const limited = 'ulimit -n 128; exec "$0" --input-type=module -e "$1"'
  const { status, stderr } = spawnSync('sh', ['-c', limited, process.execPath, script], { encoding: 'utf8' })
  t.equal(status, 0, stderr)
  t.equal((await readdir(join(root, DAY, 'alice'))).length, 500)
})

t.test('users whose turn comes after the time limit fail, and those before are written', async t => {
  const root = t.testdir()
  const user = (name: string) => ({ path: join(root, DAY, name), ...day(`${name}\n`, { '1.log': '1' }) })
  const users = ['alice', 'bob', 'carol'].map(user)
  // Each look at the clock takes 10 ms: the limit is reached between the two files of bob.
  let now = 0
  Object.defineProperty(performance, 'now', { value: () => (now += 10), configurable: true })
  t.teardown(() => Reflect.deleteProperty(performance, 'now'))
  const failures = await writeFiles({ drafts: join(root, '.tmp', 'one'), users, timeLimit: 35 })
  t.match(failures, [undefined, { message: /within 0.035 seconds/ }, { message: /LOG_TIME_LIMIT_SECONDS/ }])
  t.strictSame(Object.keys(await contents(root)).sort(), [`${DAY}/alice.log`, `${DAY}/alice/1.log`])
})
