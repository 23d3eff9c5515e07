import { createHash } from 'node:crypto'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { KnownLog } from '../../src/logs/user-log-store.ts'
import { manifestFiles, manifestPath } from '../../src/manifests/manifest-files.ts'
import { readLine } from '../../src/manifests/manifest-lines.ts'
import { readReport, reportManifest } from '../../src/manifests/report-manifest.ts'

const DAY = {
  day: '2026-11-22',
  timeZone: 'UTC',
  coveredOffsets: { 0: '7', 3: '12' },
  users: 2,
  completions: 3,
}

const logOf = (userId: string, changes: Partial<KnownLog> = {}): KnownLog => ({
  _id: `${DAY.day}/${userId}`,
  day: DAY.day,
  userId,
  runs: [`${DAY.day}@UTC`],
  state: 'written',
  revision: 1,
  completions: 2,
  sha256: 'a1',
  writtenAt: new Date(),
  ...changes,
})

/** Manifests in a folder, and stored logs. */
function makeManifests(t: Test, logs: KnownLog[]) {
  const root = t.testdir()
  const path = join(root, manifestPath(DAY))
  const userLogs = {
    async *ofRun() {
      yield* logs
    },
  }
  const deps = { manifests: manifestFiles(root), userLogs }
  return { path, logs, deps, report: (day = DAY) => reportManifest(day, deps) }
}

t.test('a report lists the logs of its run between a line about the day and an end', async t => {
  const taskFiles = { count: 2, sha256: 'b2' }
  const [written, empty, failed, old] = [
    logOf('alice', { taskFiles }),
    logOf('bob', { revision: 2, completions: 0, sha256: null, taskFiles: null }),
    logOf('carol', { state: 'failed', error: 'EISDIR' }),
    logOf('dora'),
  ]
  const { path, report } = makeManifests(t, [written, empty, failed, old])
  const { end, sha256 } = await report()
  const text = await readFile(path, 'utf8')
  const lines = text.trimEnd().split('\n')
  t.strictSame(
    lines.map(line => JSON.parse(line)),
    [
      { kind: 'day', ...DAY },
      {
        kind: 'log',
        userId: 'alice',
        path: '2026-11-22/alice.log',
        revision: 1,
        completions: 2,
        sha256: 'a1',
        taskFiles,
      },
      {
        kind: 'log',
        userId: 'bob',
        path: '2026-11-22/bob.log',
        revision: 2,
        completions: 0,
        sha256: null,
        taskFiles: null,
      },
      {
        kind: 'log',
        userId: 'carol',
        path: '2026-11-22/carol.log',
        revision: 1,
        completions: 2,
        sha256: 'a1',
        taskFiles: null,
        failed: true,
      },
      {
        kind: 'log',
        userId: 'dora',
        path: '2026-11-22/dora.log',
        revision: 1,
        completions: 2,
        sha256: 'a1',
        taskFiles: null,
      },
      { kind: 'end', logs: 4, failures: 1 },
    ],
  )
  t.strictSame(
    lines.map(line => readLine(line)?.kind),
    ['day', 'log', 'log', 'log', 'log', 'end'],
  )
  t.equal(sha256, createHash('sha256').update(text).digest('hex'))
  t.match(end, { failures: 1 })
})

t.test('a step that is repeated finds the report that is stored, whatever has changed since', async t => {
  const { path, logs, report } = makeManifests(t, [logOf('alice')])
  const first = await report()
  logs.push(logOf('bob'))
  logs[0] = logOf('alice', { revision: 2, sha256: 'c3' })
  await appendFile(path, '{"kind":"amendment"}\n')
  const text = await readFile(path, 'utf8')
  t.strictSame(await report(), first)
  t.equal(await readFile(path, 'utf8'), text)
})

t.test('processes that finish a run at the same time report it with the same SHA-256', async t => {
  const root = t.testdir()
  const reports = await Promise.all(
    Array.from({ length: 10 }, (_, i) => {
      const userLogs = {
        async *ofRun() {
          yield logOf('alice', { revision: i + 1 })
        },
      }
      return reportManifest(DAY, { manifests: manifestFiles(root), userLogs })
    }),
  )
  t.equal(new Set(reports.map(({ sha256 }) => sha256)).size, 1)
  t.strictSame(await readReport(DAY, manifestFiles(root)), reports[0])
})

t.test('the manifest of a run that is gone is replaced, and so is one that is damaged', async t => {
  const { path, report } = makeManifests(t, [logOf('alice')])
  const former = await report({ ...DAY, completions: 2 })
  const now = await report()
  t.not(now.sha256, former.sha256)
  t.match(await readFile(path, 'utf8'), '"completions":3}\n')
  for (const damaged of ['', '\n', 'no JSON\n', (await readFile(path, 'utf8')).replace(/.*\n$/, '')]) {
    await writeFile(path, damaged)
    t.strictSame(await report(), now)
  }
})

t.test('a text that is no line is not read as one', async t => {
  for (const text of ['', '{"kind":"amend', '{}', 'null', '[]', '{"kind":"end"}', '{"kind":"toString"}'])
    t.equal(readLine(text), undefined, text)
})
