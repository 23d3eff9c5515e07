import type { DayAmended } from '@daybook/shared/events'
import { makeStack } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { failedLogs } from '../../src/logs/failed-logs.ts'
import type { UserLog } from '../../src/logs/user-log-model.ts'
import { openUserLogs, userLogId } from '../../src/logs/user-log-store.ts'

const day = '2026-11-22'
const run = `${day}@UTC`
const identity = { _id: userLogId(day, 'alice'), day, userId: 'alice', runs: [run] }
const written = (revision: number, sha256: string | null): UserLog => ({
  ...identity,
  state: 'written',
  revision,
  completions: 3,
  sha256,
  writtenAt: new Date(revision),
})

const amendedAt = '2026-11-23T00:00:01.000Z'
const amended: DayAmended = {
  id: `day-amended:${day}:alice:2`,
  type: 'DayAmended',
  source: '/daybook/reporting',
  subject: day,
  time: amendedAt,
  data: { day, timeZone: 'UTC', amendedAt, userId: 'alice', revision: 2, completions: 0, sha256: null },
}

async function setUp(t: Test) {
  const { db } = await makeStack(t)
  const logs = await openUserLogs(db)
  /** Records one log. @returns whether it is recorded */
  const recordWritten = async (known: UserLog | undefined, next: UserLog, amended?: DayAmended) =>
    (await logs.recordWritten([{ known, next, amended }])).length === 0
  return {
    logs: { ...logs, recordWritten },
    recordAll: logs.recordWritten,
    collection: db.collection<UserLog>('user_logs'),
    stored: () => db.collection<UserLog>('user_logs').findOne({ _id: identity._id }),
  }
}

t.test('a user log stores the given fields and no others', async t => {
  const { logs, stored } = await setUp(t)
  t.ok(await logs.recordWritten(undefined, written(1, 'a')))
  t.strictSame(await stored(), written(1, 'a'))
  t.ok(await logs.recordWritten(written(1, 'a'), written(2, null), amended))
  const { outbox, ...rest } = (await stored()) as UserLog
  t.strictSame(rest, written(2, null))
  t.strictSame(outbox, [{ event: amended, storedAt: outbox?.[0]?.storedAt }])
})

t.test('only one of two writers that read the same log records it', async t => {
  const { logs, stored } = await setUp(t)
  t.ok(await logs.recordWritten(undefined, written(1, 'a')))
  t.notOk(await logs.recordWritten(undefined, written(1, 'b')))
  t.ok(await logs.recordWritten(written(1, 'a'), written(2, 'c')))
  t.notOk(await logs.recordWritten(written(1, 'a'), written(2, 'd'), amended))
  t.strictSame(await stored(), written(2, 'c'))
})

t.test('the record of a failed log has the error until the log is written', async t => {
  const { logs, stored } = await setUp(t)
  await logs.recordFailed(day, 'alice', run, new Error('EISDIR'))
  const [{ failedAt } = {}] = await logs.newestFailed(1)
  await logs.recordFailed(day, 'alice', run, new Error('EISDIR'))
  t.ok(failedAt instanceof Date)
  const failed = { ...identity, revision: 0, completions: 0, sha256: null, writtenAt: null }
  t.strictSame(
    await stored(),
    { ...failed, state: 'failed', error: 'EISDIR', failedAt },
    'the first failure counts',
  )
  t.equal(await logs.countFailed(run), 1)
  t.ok(await logs.recordWritten(await logs.find(day, 'alice'), written(1, 'a')))
  t.strictSame(await stored(), written(1, 'a'))
  t.strictSame([await logs.countWritten(run), await logs.countFailed(run)], [1, 0])
  t.strictSame(await logs.newestFailed(1), [])
})

t.test('the logs of a run come in the order of the code points of their users', async t => {
  const { logs, recordAll } = await setUp(t)
  // In UTF-16 the last two are in the other order.
  const users = ['10', '9', 'Zoe', 'alice', 'ägnes', '\ufb01ona', '🌱']
  const log = (userId: string, runs = [`${day}@Asia/Kolkata`]) => {
    const next = { ...written(1, 'a'), _id: userLogId(day, userId), userId, runs }
    return { known: undefined, next, amended: undefined }
  }
  await recordAll(users.toReversed().map(userId => log(userId)))
  const older = [run, `${day}@Asia/Calcutta`]
  await recordAll([log('bob', [run]), log('older', older)])
  const found = await Array.fromAsync(logs.ofRun(`${day}@Asia/Kolkata`))
  t.strictSame(
    found.map(({ userId }) => userId),
    ['10', '9', 'Zoe', 'alice', 'older', 'ägnes', '\ufb01ona', '🌱'],
  )
  t.match(found[4], { runs: older, sha256: 'a', revision: 1 })
  t.strictSame(await Array.fromAsync(logs.ofRun(`${day}@Asia/Tokyo`)), [])
})

t.test('failed logs are found, also those of an earlier version, which did not say since when', async t => {
  const { logs, stored, collection } = await setUp(t)
  await logs.recordFailed(day, 'alice', run, new Error('EISDIR'))
  await collection.updateOne({}, { $unset: { failedAt: '' } })
  const watched = failedLogs(logs)
  const failure = { about: 'log files', error: 'A log could not be written: EISDIR', subject: `${day}/alice` }
  t.match(await watched.find(new Date()), [{ ...failure, at: new Date(`${day}T00:00:00Z`) }])
  await logs.recordFailed(day, 'bob', run, new Error('ENAMETOOLONG'))
  t.match(await watched.find(new Date()), [failure, { subject: `${day}/bob` }], 'the newest last')
  await logs.recordFailed(day, 'alice', run, new Error('EISDIR'))
  t.ok((await stored())?.failedAt instanceof Date)
})
