import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isOutage } from '@daybook/shared/failures/outage'
import { silent } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { logFilesContract } from '../../../../test/simulation/contracts/log-files.ts'
import type { DayFiles, LogTarget } from '../../src/logs/log-files.ts'
import { type Bucket, openBucket } from '../../src/targets/bucket/bucket.ts'
import { bucketDays } from '../../src/targets/bucket/bucket-days.ts'
import { openTarget, type TargetSettings } from '../../src/targets/open-target.ts'
import { startBucket } from '../support/s3.ts'

const DAY = '2026-11-22'
const bucket = await startBucket(t)
const openAll = (settings: TargetSettings) => openTarget(settings, { writes: true, log: silent })
const open = async (settings: TargetSettings) => (await openAll(settings)).files

/** The same bucket without the layer of log files, to look at its objects and to change them. */
function rawBucket(prefix: string, most?: number): Bucket {
  const { server } = bucket
  const place = { bucket: server.bucket, prefix: `${prefix}/`, endpoint: server.endpoint }
  return openBucket({ ...place, region: 'eu-central-1', credentials: server, pathStyle: true }, most)
}

/** All objects of a bucket by key, as text. */
async function objects(raw: Bucket): Promise<Record<string, string>> {
  const found: [string, string][] = []
  for await (const key of raw.keys('')) found.push([key, String((await raw.get(key))?.content)])
  return Object.fromEntries(found)
}

/** All files below a folder, as text. */
async function filesOf(root: string): Promise<Record<string, string>> {
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = found.filter(entry => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const read = paths.map(async path => [path.slice(root.length + 1), await readFile(path, 'utf8')])
  return Object.fromEntries(await Promise.all(read))
}

const user = (userId: string, log: string | null, tasks?: Record<string, string>): DayFiles => ({
  day: DAY,
  userId,
  log,
  tasks: tasks && new Map(Object.entries(tasks)),
})

/** Writes days, and throws why one of them cannot be written. */
async function write(target: LogTarget, ...days: DayFiles[]): Promise<void> {
  for (const failure of await target.write(days, 60_000)) if (failure) throw failure
}

async function untilFailure(work: () => ReturnType<LogTarget['write']>) {
  for (;;) {
    const failures = await work()
    if (failures.some(failure => failure !== undefined)) return failures
  }
}

async function* lines(...each: string[]) {
  yield* each
}

async function openNew(t: Test) {
  const prefix = t.name.replace(/[^a-z]+/g, '-')
  return { target: await open(bucket.settings(prefix)), raw: rawBucket(prefix) }
}

t.test('a bucket passes the suite of log files', async t => {
  let prefixes = 0
  logFilesContract(t, async () => {
    const settings = bucket.settings(`suite-${prefixes++}`)
    return () => open(settings)
  })
})

t.test('a bucket gets the names and the bytes that a folder gets', async t => {
  const { target, raw } = await openNew(t)
  const root = t.testdir()
  const folder = await open({ ...bucket.settings(), LOG_DIR: root })
  const first = [
    user('alice', 'one\ntwo\n', { '1_Blumen_gießen.log': 'one', '2.log': 'two' }),
    user('../../Ünï', 'ä\n', { '1.log': 'ä' }),
    user('without-task-files', 'x\n'),
    user('nobody', null, {}),
  ]
  const second = [
    user('alice', 'two\nthree\n', { '2.log': 'two', '3.log': 'three' }),
    user('../../Ünï', null, {}),
  ]
  for (const days of [first, second]) {
    for (const place of [target, folder]) await write(place, ...days)
    t.strictSame(await objects(raw), await filesOf(root))
  }
  t.equal(Object.keys(await objects(raw)).length, 4)
  t.strictSame((await target.names(DAY)).sort(), (await folder.names(DAY)).sort())
  for (const id of ['alice', '../../Ünï', 'nobody'])
    t.strictSame(await target.readAll(DAY, id), await folder.readAll(DAY, id))
  t.equal(String(await target.read(DAY, 'alice')), 'two\nthree\n')
})

t.test('a task file that is present is not stored again', async t => {
  const { target, raw } = await openNew(t)
  await write(target, user('alice', 'one\n', { '1.log': 'one' }))
  await raw.put(`${DAY}/alice/1.log`, 'as it was')
  await write(target, user('alice', 'one\ntwo\n', { '1.log': 'one', '2.log': 'two' }))
  t.match(await objects(raw), { [`${DAY}/alice/1.log`]: 'as it was', [`${DAY}/alice/2.log`]: 'two' })
})

t.test('compressed files replace the others, and are read like them', async t => {
  const { target, raw } = await openNew(t)
  const day = user('alice', 'one\n', { '1.log': 'one' })
  await write(target, day)
  await write(target, { ...day, compressed: true })
  t.strictSame(Object.keys(await objects(raw)), [`${DAY}/alice.log.gz`, `${DAY}/alice/1.log.gz`])
  t.strictSame(await target.readAll(DAY, 'alice'), {
    log: Buffer.from('one\n'),
    tasks: new Map([['1.log', Buffer.from('one')]]),
  })
  t.strictSame(await target.names(DAY), ['alice.log', 'alice'])
})

t.test('old days are compressed and removed in a bucket as in a folder', async t => {
  const { target, raw } = await openNew(t)
  const root = t.testdir()
  const folder = await open({ ...bucket.settings(), LOG_DIR: root })
  const later = { ...user('alice', 'new\n', { '3.log': 'new' }), day: '2026-11-24' }
  for (const place of [target, folder]) {
    await write(place, user('alice', 'one\n', { '1.log': 'one', '2.log': 'two' }), later)
    await write(place, { ...user('bob', 'of a writer\n'), compressed: true }, user('carol', 'three\n'))
    t.strictSame(await place.days(), [DAY, later.day])
    // Twice, as after a stop.
    for (let i = 0; i < 2; i += 1) for await (const _step of place.compressDay(DAY));
    t.match((await place.readAll(DAY, 'alice')).tasks, new Map([['2.log', Buffer.from('two')]]))
    t.equal(String(await place.read(DAY, 'bob')), 'of a writer\n')
  }
  t.strictSame(await objects(raw), await filesOf(root))
  t.match(
    Object.keys(await objects(raw)).filter(key => key.startsWith(DAY) && !key.endsWith('.gz')),
    [],
  )
  for (const place of [target, folder]) await place.removeDay(DAY)
  t.strictSame(Object.keys(await objects(raw)), [`${later.day}/alice.log`, `${later.day}/alice/3.log`])
  t.strictSame(await objects(raw), await filesOf(root))
})

t.test('objects that are removed while they are compressed do not come back', async t => {
  const { target, raw } = await openNew(t)
  await write(target, user('alice', 'one\ntwo\n', { '1.log': 'one', '2.log': 'two' }))
  let isFirst = true
  const days = bucketDays({
    ...raw,
    async put(...object) {
      if (isFirst) await write(target, { ...user('alice', 'two\n', { '2.log': 'two' }), compressed: true })
      isFirst = false
      return raw.put(...object)
    },
  })
  for await (const _step of days.compressDay(DAY));
  t.strictSame(Object.keys(await objects(raw)), [`${DAY}/alice.log.gz`, `${DAY}/alice/2.log.gz`])
  t.equal(String(await target.read(DAY, 'alice')), 'two\n')
})

t.test('the files of a user get another name in a bucket as in a folder', async t => {
  const { target } = await openNew(t)
  const root = t.testdir()
  const folder = await open({ ...bucket.settings(), LOG_DIR: root })
  for (const place of [target, folder]) {
    await write(place, user('former', 'one\n', { '1.log': 'one' }))
    await write(place, { ...user('packed', 'two\n', { '1.log': 'two' }), compressed: true })
    await write(place, user('twice', 'older\n', { '1.log': 'older' }))
    await write(place, { ...user('newer', 'newer\n', { '2.log': 'newer' }), compressed: true })
    // Twice, as after a stop.
    for (let i = 0; i < 2; i += 1) {
      await place.rename(DAY, 'former', 'plain-now')
      await place.rename(DAY, 'packed', 'packed-now')
    }
    await place.rename(DAY, 'twice', 'newer')
    t.equal(String(await place.read(DAY, 'plain-now')), 'one\n')
    t.equal(String(await place.read(DAY, 'newer')), 'newer\n')
    t.match(await place.readAll(DAY, 'packed-now'), { log: Buffer.from('two\n') })
    t.notMatch((await place.names(DAY)).join(), /former|packed,|packed\.|twice/)
  }
})

t.test('a compressed log is not taken for the folder of a user with such a name', async t => {
  const folder = await open({ ...bucket.settings(), LOG_DIR: t.testdir() })
  await write(folder, { ...user('alice', 'one\n'), compressed: true })
  await folder.rename(DAY, 'alice.log.gz', 'other')
  t.equal(String(await folder.read(DAY, 'alice')), 'one\n')
})

t.test('there can be more objects than one answer lists, and one request removes', async t => {
  const raw = rawBucket('pages', 2)
  const keys = ['1/a', '2/a', '2/b', '2/c', '3/a']
  for (const key of keys) await raw.put(key, 'x')
  t.strictSame(Object.keys(await objects(raw)), keys)
  t.strictSame(await Array.fromAsync(raw.folders()), ['1', '2', '3'])
  await raw.remove(keys.slice(1))
  t.strictSame(Object.keys(await objects(raw)), ['1/a'])
})

t.test('an object is stored only if it is as it was read', async t => {
  const { raw } = await openNew(t)
  t.equal(await raw.put('x', 'one', { etag: null }), true)
  t.equal(await raw.put('x', 'two', { etag: null }), false, 'there is one')
  const etag = (await raw.get('x'))?.etag ?? ''
  t.equal(await raw.put('x', 'two', { etag }), true)
  t.equal(await raw.put('x', 'three', { etag }), false, 'it has changed')
  t.equal(await raw.put('y', 'three', { etag }), false, 'there is none')
  t.strictSame(await objects(raw), { x: 'two' })
})

t.test('the manifest of a run is made once, and lines are appended by several processes', async t => {
  const run = { day: DAY, timeZone: 'Europe/Berlin' }
  const manifests = await Promise.all(
    [1, 2].map(async () => (await openAll(bucket.settings('manifests'))).manifests),
  )
  const each = (does: (one: (typeof manifests)[number], i: number) => Promise<boolean>) =>
    Promise.all(manifests.map(does))
  t.strictSame(await each(one => one.append(run, ['nothing'])), [false, false])
  const made = await each((one, i) => one.create(run, lines(`ä${'ö'.repeat(100_000)}`, `end ${i}`)))
  t.equal(made.filter(Boolean).length, 1)
  t.strictSame(await each((one, i) => one.append(run, [`amendment ${i}`])), [true, true])
  const [manifest] = manifests
  const found = await manifest?.read(run)
  const [first, end, ...amendments] = found === undefined ? [] : await Array.fromAsync(found)
  t.strictSame([first, end], [`ä${'ö'.repeat(100_000)}`, `end ${made.indexOf(true)}`])
  t.strictSame(amendments.sort(), ['amendment 0', 'amendment 1'])
  t.match(Object.keys(await objects(rawBucket('manifests'))), [`.manifests/${DAY}/Europe_Berlin.ndjson`])
  await manifest?.remove(run)
  t.equal(await manifest?.read(run), undefined)
})

t.test('a process with wrong settings does not start, and the error names the settings', async t => {
  const right = bucket.settings()
  const login = { code: 'DAYBOOK_LOGIN_REFUSED', message: /S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY/ }
  await t.rejects(open({ ...right, S3_ACCESS_KEY_ID: 'nobody' }), login)
  await t.rejects(open({ ...right, S3_SECRET_ACCESS_KEY: 'wrong' }), login)
  const place = { code: 'DAYBOOK_CONFIG_INVALID', message: /LOG_DIR.*NoSuchBucket/s }
  await t.rejects(open({ ...right, LOG_DIR: 's3://no-such-bucket/logs' }), place)
})

t.test('while the server is away every error is an outage, and the next writing completes', async t => {
  const { target, raw } = await openNew(t)
  const text = (name: string) => `${name}\n`.repeat(10_000)
  const days = Array.from({ length: 40 }, (_, i) => user(`user-${i}`, text(`user-${i}`), { '1.log': 'x' }))
  const writing = untilFailure(() => target.write(days, 60_000))
  while ((await raw.keys('').next()).done);
  await bucket.kill()
  const failures = await writing
  t.ok(failures.length === days.length && failures.every(isOutage))
  t.ok(isOutage(await target.read(DAY, 'user-0').catch(error => error)))

  await bucket.restart()
  for (const { userId } of days) {
    const { log, tasks } = await target.readAll(DAY, userId)
    t.ok(log === undefined || log.equals(Buffer.from(text(userId))), 'a log is whole or absent')
    // S3Proxy lists its unfinished objects too, under other names.
    t.equal(String(tasks.get('1.log') ?? 'x'), 'x', 'a task file is whole or absent')
  }
  await write(target, ...days)
  const written = await Promise.all(days.map(({ userId }) => target.read(DAY, userId)))
  t.ok(written.every((log, i) => String(log) === days[i]?.log))
})
