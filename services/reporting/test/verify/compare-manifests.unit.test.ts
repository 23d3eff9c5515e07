import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { sha256Of, taskFilesDigest } from '../../src/logs/digests.ts'
import { taskFileName, taskFileText, userLogText } from '../../src/logs/log-format.ts'
import type { KnownLog } from '../../src/logs/user-log-store.ts'
import { manifestFiles, manifestPath } from '../../src/manifests/manifest-files.ts'
import { reportManifest } from '../../src/manifests/report-manifest.ts'
import type { Completion } from '../../src/projection/completion.ts'
import type { Run } from '../../src/runs/run-model.ts'
import { compareListed, readManifests } from '../../src/verify/compare-manifests.ts'
import { recount } from '../../src/verify/recount.ts'
import { completed } from '../support/reporting.ts'

const DAY = '2026-11-22'

const contentOf = (done: Completion[]) => ({
  completions: done.length,
  sha256: sha256Of(userLogText(done)),
  taskFiles: taskFilesDigest(new Map(done.map(one => [taskFileName(one), taskFileText(one)]))),
})

/** A reported day of alice and bob in UTC, whose events are before offset 2. */
async function makeDay(t: Test) {
  const root = t.testdir()
  const manifests = manifestFiles(root)
  const counted = recount(DAY)
  for (const [i, user] of ['alice', 'bob'].entries())
    counted.add(completed(user, DAY), { partition: 0, offset: BigInt(i) })
  const logOf = (userId: string): KnownLog => ({
    ...contentOf(counted.ofUser(userId)),
    ...{ _id: `${DAY}/${userId}`, day: DAY, userId, runs: [`${DAY}@UTC`], revision: 1 },
    ...{ state: 'written', writtenAt: new Date() },
  })
  const userLogs = {
    async *ofRun() {
      yield* ['alice', 'bob'].map(logOf)
    },
  }
  const run: Run = { _id: `${DAY}@UTC`, day: DAY, timeZone: 'UTC', state: 'done', createdAt: new Date() }
  const path = join(root, manifestPath(run))

  async function report(changes = {}): Promise<void> {
    const day = {
      day: DAY,
      timeZone: 'UTC',
      coveredOffsets: { 0: '2' },
      users: 2,
      completions: 2,
      ...changes,
    }
    const { sha256 } = await reportManifest(day, { manifests, userLogs })
    run.manifestSha256 = sha256
  }
  await report()
  /** What differs in general, for alice and for bob. */
  const differences = async () => {
    const found = await readManifests(DAY, counted, { runs: { find: async () => [run] }, manifests })
    const ofUser = (user: string) => compareListed(user, counted.ofUser(user), found)
    return { general: found.differences, alice: ofUser('alice'), bob: ofUser('bob') }
  }
  /** Appends the line of a log with changes. */
  const amend = async (changes: object) => {
    const { userId, sha256, completions, taskFiles } = logOf('alice')
    const log = { userId, path: '', revision: 2, completions, sha256, taskFiles, ...changes }
    const line = { kind: 'amendment', ...log, amendedAt: '2026-11-23T12:00:00.000Z' }
    await appendFile(path, `${JSON.stringify(line)}\n`)
  }
  return { path, run, counted, report, differences, amend, contentOf }
}

const none = { general: [], alice: [], bob: [] }

t.test('the manifest of a day that is as its events say has no difference', async t => {
  const { differences, amend, path } = await makeDay(t)
  t.strictSame(await differences(), none)
  await amend({})
  await amend({ revision: 1, sha256: 'of an older revision, which may come again' })
  await appendFile(path, '{"kind":"amendm')
  t.strictSame(await differences(), none)
})

t.test('a log that was amended must be listed as it is', async t => {
  const { differences, amend, counted } = await makeDay(t)
  counted.add(completed('alice', DAY), { partition: 0, offset: 2n })
  counted.add(completed('carol', DAY), { partition: 3, offset: 0n })
  t.match(await differences(), {
    general: [],
    alice: [/^the manifest of UTC lists the log with the SHA-256/],
  })
  await amend({ ...contentOf(counted.ofUser('alice')), taskFiles: { count: 1, sha256: 'f00' } })
  t.match(await differences(), { alice: ['the manifest of UTC lists other task files'] })
  await amend(contentOf(counted.ofUser('alice')))
  t.strictSame(await differences(), none)
})

t.test('a log that is not listed differs', async t => {
  const { differences, amend, counted } = await makeDay(t)
  counted.add(completed('bob', DAY, { timeZone: 'Asia/Tokyo' }), { partition: 1, offset: 0n })
  await amend({ userId: 'bob', ...contentOf(counted.ofUser('bob')) })
  // Without a completion in the zone, a user needs no line in its manifest.
  t.strictSame(compareListed('carol', [], { listed: new Map([['UTC', new Map()]]) }), [])
  t.strictSame(await differences(), none)
  const nobody = { listed: new Map([['UTC', new Map()]]) }
  t.strictSame(compareListed('bob', counted.ofUser('bob'), nobody), [
    'the manifest of UTC does not list the log',
  ])
})

t.test('a log whose completions were all taken back has no file', async t => {
  const { differences, amend } = await makeDay(t)
  await amend({ userId: 'dora', sha256: null, completions: 0, taskFiles: null })
  const found = await differences()
  t.strictSame(found, none)
})

t.test('a report must be as it was published', async t => {
  const { differences, path, run } = await makeDay(t)
  const report = await readFile(path, 'utf8')
  await writeFile(path, report.replace('"failures":0', '"failures":1'))
  const { general } = await differences()
  t.match(general, [
    new RegExp(`^the report in .*UTC.ndjson has the SHA-256 .*, and not ${run.manifestSha256} as in Day`),
  ])
  for (const damaged of [() => writeFile(path, '{}\n'), () => rm(path)]) {
    await damaged()
    t.match((await differences()).general, [`.manifests/${DAY}/UTC.ndjson has no report of the day`])
  }
})

t.test('its counts are those of the events before the covered offsets', async t => {
  const { differences, report, counted } = await makeDay(t)
  await report({ completions: 3 })
  t.strictSame((await differences()).general, [
    `before the offsets that .manifests/${DAY}/UTC.ndjson covers are 2 completions of 2 users, and it reports 3 of 2`,
  ])
  // With a later event it is not known which events were counted.
  counted.add(completed('carol', '2026-11-23'), { partition: 0, offset: 7n })
  t.equal((await differences()).general.length, 1)
  counted.add(completed('carol', DAY), { partition: 0, offset: 7n })
  t.strictSame((await differences()).general, [])
})

t.test(
  'a run that an earlier version reported has no manifest, and one that is not done is not compared',
  async t => {
    const { run, counted, path } = await makeDay(t)
    const manifests = manifestFiles(join(path, '../../..'))
    const read = () => readManifests(DAY, counted, { runs: { find: async () => [run] }, manifests })
    delete run.manifestSha256
    t.strictSame(await read(), { without: [run._id], differences: [], listed: new Map() })
    run.state = 'writing'
    t.strictSame(await read(), { without: [], differences: [], listed: new Map() })
  },
)
