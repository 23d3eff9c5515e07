import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { openLogFiles } from '../../src/logs/log-files.ts'

const DAY = '2026-11-22'
const USERS = 300
const text = (name: string) => `${name}\n`.repeat(100)
const module = import.meta.resolve('../../src/logs/log-files.ts')

/** Writes the log and two task files of each user, in one batch. */
const program = (root: string) => `
  import { openLogFiles } from '${module}'
  const text = ${text}
  const tasks = name => new Map([1, 2].map(n => [n + '.log', text(name + n)]))
  const days = Array.from({ length: ${USERS} }, (_, i) => 'user-' + i).map(userId => ({
    day: '${DAY}', userId, log: text(userId), tasks: tasks(userId)
  }))
  const failures = await (await openLogFiles('${root}')).write(days, 60_000)
  if (failures.some(Boolean)) process.exit(1)`

const compressing = (root: string) => `
  import { openLogFiles } from '${module}'
  for await (const step of (await openLogFiles('${root}')).compressDay('${DAY}'));`

const run = (source: string) =>
  spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: 'inherit' })
const start = (root: string) => run(program(root))

/** All paths of files below a folder, without drafts. */
async function filesOf(root: string): Promise<string[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = found.filter(entry => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return paths.map(path => path.slice(root.length + 1)).filter(path => !path.startsWith('.tmp'))
}

/** Asserts that every file is whole. @returns how many files there are */
async function allWhole(t: Test, root: string): Promise<number> {
  const files = await filesOf(root)
  for (const file of files) {
    const name = file
      .replace(`${DAY}/`, '')
      .replace(/\.log(\.gz)?$/, '')
      .replace('/', '')
    const bytes = await readFile(join(root, file))
    const content = file.endsWith('.gz') ? gunzipSync(bytes) : bytes
    if (String(content) !== text(name)) t.fail(`${file} is not whole`)
  }
  return files.length
}

t.test(
  'a process that is killed while it compresses a day leaves each file whole, and the next goes on',
  async t => {
    const root = join(t.testdir(), 'logs')
    t.strictSame(await once(start(root), 'exit'), [0, null])
    const compress = () => run(compressing(root))
    const killed = compress()
    const exit = once(killed, 'exit')
    const compressed = async () => (await filesOf(root)).filter(file => file.endsWith('.gz')).length
    await until('the first files are compressed', async () => (await compressed()) > 0)
    killed.kill('SIGKILL')
    await exit
    t.comment(`killed after ${await compressed()} of ${3 * USERS} files`)

    await allWhole(t, root)
    t.strictSame(await once(compress(), 'exit'), [0, null])
    t.equal(await compressed(), 3 * USERS)
    t.equal(await allWhole(t, root), 3 * USERS)
  },
)

// The drafts are all flushed before the first of them is moved. So a file in its place means that the others wait to be moved.
for (const [what, folder] of Object.entries({
  'drafts are written': '.tmp',
  'flushed drafts are moved': DAY,
})) {
  t.test(
    `a process that is killed while ${what} leaves only whole files, and no drafts for long`,
    async t => {
      const root = join(t.testdir(), 'logs')
      const writer = start(root)
      const exit = once(writer, 'exit')
      const began = async () =>
        (await readdir(join(root, folder), { recursive: true }).catch(() => [])).length > 1
      await until(what, began)
      writer.kill('SIGKILL')
      await exit
      t.comment(`killed after ${await allWhole(t, root)} of ${3 * USERS} files`)

      await openLogFiles(root)
      t.strictSame(await readdir(join(root, '.tmp')), [], 'the next process removes the drafts')
      t.strictSame(await once(start(root), 'exit'), [0, null])
      t.equal(await allWhole(t, root), 3 * USERS)
    },
  )
}
