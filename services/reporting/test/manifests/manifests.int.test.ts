import { readFile } from 'node:fs/promises'
import { hasPassed, offsetsFromJson } from '@daybook/shared/kafka'
import { runShell, until, watchTopic } from '@daybook/shared/testing'
import type { Connection } from 'mongoose'
import t from 'tap'
import type { UserLog } from '../../src/logs/user-log-model.ts'
import { manifestPath } from '../../src/manifests/manifest-files.ts'
import type { Run } from '../../src/runs/run-model.ts'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

const DAY = '2026-06-10'
const OLD = '2026-06-11'
const TOKYO = 'Asia/Tokyo'

type Line = Record<string, unknown>

t.test('each reported day has a manifest', async t => {
  const bench = await makeBench(t)
  const { db, logDir } = bench.stack
  await storeOldRun(db)
  const reporting = await startReporting(t, bench.stack)
  const reports = await watchTopic(t, bench.stack, 'daybook.reports')
  const manifest = async (timeZone: string, day = DAY): Promise<Line[]> => {
    const text = await readFile(bench.path(manifestPath({ day, timeZone })), 'utf8')
    return text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
  }
  const amendments = async (timeZone: string) =>
    (await manifest(timeZone)).filter(({ kind }) => kind === 'amendment')
  const reported = (timeZone: string, day = DAY) =>
    until(`${day} is reported`, () =>
      reports.find(({ value }) => 'users' in value && value.day === day && value.timeZone === timeZone),
    )
  const inTokyo = { timeZone: TOKYO, completedAt: `${DAY}T01:00:00.000Z` }
  await bench.publish(
    completed('bob', DAY, { name: 'Read' }),
    completed('alice', DAY, { name: 'größe/../🌱', notes: 'with\nnotes' }),
    completed('alice', DAY),
    completed('Ägnes', DAY),
    completed('alice', DAY, inTokyo),
  )

  await t.test('DayReported and the run have its SHA-256, which standard tools print', async t => {
    await bench.endDay(DAY)
    const run = await reporting.runDone(DAY)
    const [first, ...rest] = await manifest('UTC')
    const { manifestSha256, ...report } = (await reported('UTC')).value
    const { day, timeZone, users, completions, failures, coveredOffsets } = report
    t.strictSame(first, { kind: 'day', day, timeZone, coveredOffsets, users, completions })
    t.strictSame(rest.pop(), { kind: 'end', logs: 3, failures })
    t.match(rest, [{ userId: 'alice', completions: 3 }, { userId: 'bob' }, { userId: 'Ägnes' }])
    const printed = await runShell(t, `sed '/^{"kind":"end"/q' .manifests/${DAY}/UTC.ndjson | sha256sum`, {
      cwd: logDir,
    })
    t.equal(printed, `${manifestSha256}  -\n`)
    t.match(run, { manifestSha256 })
  })

  await t.test('standard tools find no difference between the files and their digests', async t => {
    for (const { path, sha256, taskFiles } of (await manifest('UTC')).filter(({ kind }) => kind === 'log')) {
      const script = `printf '%s  %s\n' ${sha256} '${path}' | sha256sum --check --quiet -
        cd '${String(path).replace(/\.log$/, '')}'; ls | wc -l; LC_ALL=C sha256sum * | sha256sum`
      const { count, sha256: ofTasks } = taskFiles as { count: number; sha256: string }
      t.equal(await runShell(t, script, { cwd: logDir }), `${count}\n${ofTasks}  -\n`)
    }
  })

  await t.test('a log is in the manifest of each of its time zones, and so are its amendments', async t => {
    await bench.endDay(DAY, TOKYO)
    await reporting.runDone(DAY, TOKYO)
    t.match(await manifest(TOKYO), [
      { timeZone: TOKYO, users: 1, completions: 1 },
      { kind: 'log', userId: 'alice', completions: 3, revision: 1 },
      { kind: 'end', logs: 1 },
    ])
    const before = (await reported('UTC')).value.manifestSha256
    await bench.publish(completed('alice', DAY, { name: 'late' }))
    const published = await bench.kafka.endOffsets('daybook.tasks')
    const amended = await until('the day is amended', () =>
      reports.find(({ value }) => value.day === DAY && 'amendedAt' in value),
    )
    const { day: _, timeZone: __, ...data } = amended.value
    t.ok(hasPassed(offsetsFromJson(data.coveredOffsets as Record<string, string>), published))
    t.match(data, { userId: 'alice', revision: 2, completions: 4, taskFiles: { count: 4 } })
    const line = { kind: 'amendment', path: `${DAY}/alice.log`, ...data }
    t.strictSame(await amendments('UTC'), [line])
    t.strictSame(await amendments(TOKYO), [line])
    const printed = await runShell(t, `sed '/^{"kind":"end"/q' .manifests/${DAY}/UTC.ndjson | sha256sum`, {
      cwd: logDir,
    })
    t.equal(printed, `${before}  -\n`, 'the report is as it was')
  })

  await t.test('what an earlier version recorded is listed without what it did not know', async t => {
    const [, report] = [await reporting.runDone(OLD), await reported('UTC', OLD)]
    t.match(report.value, { users: 0, completions: 0, manifestSha256: /^[0-9a-f]{64}$/ })
    await until('the amendment is published', () =>
      reports.some(({ value }) => value.day === OLD && 'amendedAt' in value),
    )
    const log = { userId: 'erin', path: `${OLD}/erin.log`, revision: 2, sha256: 'e2', taskFiles: null }
    const lines = await manifest('UTC', OLD)
    t.match(lines, [{ kind: 'day' }, { kind: 'log', ...log }, { kind: 'end' }, { kind: 'amendment', ...log }])
    t.notOk('coveredOffsets' in (lines[3] ?? {}))
  })
})

/** Stores a run that waits for its writers, and a log that was amended meanwhile. */
async function storeOldRun(db: Connection) {
  const run: Run = { _id: `${OLD}@UTC`, day: OLD, timeZone: 'UTC', state: 'writing', createdAt: new Date() }
  await db.collection<Run>('runs').insertOne({ ...run, jobs: 1, jobOffsets: {}, jobsSentAt: new Date() })
  const now = { day: OLD, userId: 'erin', revision: 2, completions: 2, sha256: 'e2' }
  const amendedAt = `${OLD}T00:00:00.000Z`
  const event = {
    id: `day-amended:${OLD}:erin:2`,
    type: 'DayAmended',
    source: '/daybook/reporting',
    subject: OLD,
    time: amendedAt,
    data: { ...now, timeZone: 'UTC', amendedAt },
  }
  const outbox = [{ event, storedAt: new Date(0) }]
  const record = { ...now, runs: [run._id], state: 'written', writtenAt: new Date(), outbox } as const
  await db.collection<UserLog>('user_logs').insertOne({ _id: `${OLD}/erin`, ...record, runs: [run._id] })
}
