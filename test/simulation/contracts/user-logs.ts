import type { DayAmended, Envelope } from '@daybook/shared/events'
import type { UserLog } from '../../../services/reporting/src/logs/user-log-model.ts'
import {
  type UserLogs,
  userLogId,
  type WrittenLog,
} from '../../../services/reporting/src/logs/user-log-store.ts'
import { type Contract, stopClock } from './contract.ts'

const day = '2026-11-22'
const run = `${day}@UTC`
const written = (revision: number, sha256: string | null, userId = 'alice'): UserLog => ({
  ...{
    _id: userLogId(day, userId),
    day,
    userId,
    runs: [run],
    state: 'written',
    revision,
    completions: 3,
    sha256,
  },
  writtenAt: new Date(revision),
})

const amendedAt = '2026-11-23T00:00:01.000Z'
const amended = (revision: number, userId = 'alice'): DayAmended => ({
  ...{ id: `day-amended:${day}:${userId}:${revision}`, type: 'DayAmended', source: '/daybook/reporting' },
  ...{ subject: day, time: amendedAt },
  data: { day, timeZone: 'UTC', amendedAt, userId, revision, completions: 0, sha256: null },
})

/** Records one log. @returns whether it is recorded */
const record = async (logs: UserLogs, known: UserLog | undefined, next: UserLog, event?: DayAmended) =>
  (await logs.recordWritten([{ known, next, amended: event }])).length === 0

export const userLogsContract: Contract<UserLogs> = (t, fresh) => {
  t.test('a user log has the given fields and no others', async t => {
    const logs = await (await fresh())()
    t.equal(await logs.find(day, 'alice'), undefined)
    t.ok(await record(logs, undefined, written(1, 'a')))
    t.strictSame(await logs.find(day, 'alice'), written(1, 'a'))
    t.ok(await record(logs, written(1, 'a'), written(2, null), amended(2)))
    const { outbox, ...rest } = (await logs.find(day, 'alice')) as UserLog
    t.strictSame(rest, written(2, null))
    t.strictSame(outbox, [{ event: amended(2), storedAt: outbox?.[0]?.storedAt }])
    t.strictSame(
      await logs.findAll([userLogId(day, 'alice'), userLogId(day, 'bob')]),
      new Map([[userLogId(day, 'alice'), written(2, null)]]),
      'without what waits',
    )
  })

  t.test('a record keeps what the next one does not say of its amendments', async t => {
    const logs = await (await fresh())()
    const at = new Date(0)
    const what = { writtenAt: at, run, completionsBefore: 3, completions: 3 }
    const amendments: UserLog['amendments'] = [
      { ...what, revision: 2, reason: 'late', trace: '0af7651916cd43dd8448eb211c80319c' },
      { ...what, revision: 3, reason: 'erased' },
    ]
    await record(logs, undefined, written(1, 'a'))
    const amendedTwice = { ...written(3, 'b'), firstWrittenAt: at, amendments }
    t.ok(await record(logs, written(1, 'a'), amendedTwice))
    t.strictSame(await logs.find(day, 'alice'), amendedTwice)
    // Like a writer of an earlier version.
    t.ok(await record(logs, amendedTwice, written(4, 'c')))
    t.strictSame(await logs.find(day, 'alice'), { ...written(4, 'c'), firstWrittenAt: at, amendments })
  })

  t.test('only one of two writers that read the same log records it', async t => {
    const open = await fresh()
    const [one, two] = [await open(), await open()]
    t.ok(await record(one, undefined, written(1, 'a')))
    t.notOk(await record(two, undefined, written(1, 'b')))
    t.ok(await record(two, written(1, 'a'), written(2, 'c')))
    t.notOk(await record(one, written(1, 'a'), written(2, 'd'), amended(2)))
    t.strictSame(await one.find(day, 'alice'), written(2, 'c'))
    const next = [one, two, one, two].map((logs, i) => record(logs, written(2, 'c'), written(3, `${i}`)))
    t.equal((await Promise.all(next)).filter(Boolean).length, 1, 'at the same time')
  })

  t.test('of logs that are recorded together, those that are refused do not stop the others', async t => {
    const logs = await (await fresh())()
    await record(logs, undefined, written(1, 'a', 'bob'))
    const added: WrittenLog[] = ['alice', 'bob', 'carol'].map(user => ({
      ...{ known: undefined, next: written(1, 'x', user), amended: amended(1, user) },
    }))
    t.strictSame(await logs.recordWritten(added), [added[1]])
    t.strictSame(await logs.find(day, 'bob'), written(1, 'a', 'bob'))
    t.match(await logs.find(day, 'carol'), { sha256: 'x', outbox: [{ event: amended(1, 'carol') }] })
    const changed = ['alice', 'bob', 'carol'].map(user => ({
      ...{
        known: written(user === 'bob' ? 7 : 1, 'x', user),
        next: written(2, 'y', user),
        amended: undefined,
      },
    }))
    const again = await logs.recordWritten(changed)
    t.ok(again.includes(changed[1] as WrittenLog & (typeof changed)[number]), 'and perhaps others')
    t.match(await logs.find(day, 'carol'), { sha256: 'y' })
    t.match(await logs.find(day, 'bob'), { sha256: 'a' })
    t.strictSame(await logs.recordWritten([]), [])
  })

  t.test('the record of a failed log has the error until the log is written', async t => {
    const clock = stopClock(t)
    const logs = await (await fresh())()
    const failedAt = new Date()
    await logs.recordFailed(day, 'alice', run, new Error('EISDIR'))
    clock.pass(1000)
    await logs.recordFailed(day, 'alice', run, new Error('EIO'))
    const never = { revision: 0, completions: 0, sha256: null, writtenAt: null } as const
    const failed = { ...written(0, null), ...never, state: 'failed', error: 'EIO', failedAt }
    t.strictSame(await logs.find(day, 'alice'), failed, 'since the first failure, with the last error')
    t.equal(await logs.countFailed(run), 1)
    t.ok(await record(logs, await logs.find(day, 'alice'), written(1, 'a')))
    t.strictSame(await logs.find(day, 'alice'), written(1, 'a'))
    t.strictSame([await logs.countWritten(run), await logs.countFailed(run)], [1, 0])
    t.strictSame(await logs.newestFailed(1), [])
    await logs.recordFailed(day, 'alice', `${day}@Asia/Calcutta`, new Error('EIO'))
    t.match(await logs.find(day, 'alice'), { revision: 1, sha256: 'a', state: 'failed' })
    t.equal(await logs.countFailed(`${day}@Asia/Kolkata`), 1, 'under the older name of the zone')
  })

  t.test('the logs that failed last are found, the newest first', async t => {
    const clock = stopClock(t)
    const logs = await (await fresh())()
    for (const user of ['bob', 'alice', 'carol']) {
      await logs.recordFailed(day, user, run, new Error('EIO'))
      clock.pass(1000)
    }
    await record(logs, await logs.find(day, 'alice'), written(1, 'a'))
    const newest = async (limit: number) => (await logs.newestFailed(limit)).map(({ userId }) => userId)
    t.strictSame(await newest(9), ['carol', 'bob'])
    t.strictSame(await newest(1), ['carol'])
  })

  t.test('the logs of a run come in the order of the code points of their users', async t => {
    const logs = await (await fresh())()
    // In UTF-16 the last two are in the other order.
    const users = ['10', '9', 'Zoe', 'alice', 'ägnes', '\ufb01ona', '🌱']
    const of = async (user: string, runs: string[]) =>
      t.ok(await record(logs, undefined, { ...written(1, 'a', user), runs }))
    for (const user of users.toReversed()) await of(user, [`${day}@Asia/Kolkata`])
    const older = [run, `${day}@Asia/Calcutta`]
    await of('bob', [run])
    await of('older', older)
    const found = await Array.fromAsync(logs.ofRun(`${day}@Asia/Kolkata`))
    t.strictSame(
      found.map(({ userId }) => userId),
      ['10', '9', 'Zoe', 'alice', 'older', 'ägnes', '\ufb01ona', '🌱'],
    )
    t.strictSame(found[4], { ...written(1, 'a', 'older'), runs: older })
    t.strictSame(await Array.fromAsync(logs.ofRun(`${day}@Asia/Tokyo`)), [])
  })

  t.test('amendments of a log are published in order, whoever stored them', async t => {
    const clock = stopClock(t)
    const logs = await (await fresh())()
    const published: Envelope[] = []
    const outbox = logs.outbox(async events => void published.push(...events))
    for (const revision of [1, 2, 3, 4]) {
      const known = (await logs.find(day, 'alice')) ?? undefined
      t.ok(await record(logs, known, written(revision, `${revision}`), amended(revision)))
      clock.pass(1000)
    }
    t.equal((await outbox.leftBehind(3000, 9)).length, 4, 'a log is left behind by its oldest event')
    t.strictSame(await outbox.leftBehind(4000, 9), [])
    const document = userLogId(day, 'alice')
    const [second, third] = [
      { document, event: amended(2) },
      { document, event: amended(3) },
    ]
    await outbox.publish([second, third])
    t.strictSame(published, [amended(1), amended(2), amended(3)])
    t.strictSame(await outbox.leftBehind(-1, 9), [{ document, event: amended(4) }], 'they are marked too')
    await outbox.markPublished([second, third])
    await outbox.publish([{ document, event: amended(4) }])
    t.strictSame(published.slice(3), [amended(4)])
    t.match(await logs.find(day, 'alice'), { outbox: [{ event: amended(4) }] }, 'the relay marks it')
  })

  t.test('what is published while a log is recorded again stays published', async t => {
    const logs = await (await fresh())()
    const outbox = logs.outbox(async () => {})
    await record(logs, undefined, written(1, 'a'), amended(1))
    const known = (await logs.find(day, 'alice')) as UserLog
    await outbox.markPublished([{ document: known._id, event: amended(1) }])
    const { outbox: _, ...asRead } = known
    t.ok(await record(logs, asRead, written(2, 'b'), amended(2)))
    t.strictSame(
      (await outbox.leftBehind(-1000, 9)).map(({ event }) => event),
      [amended(2)],
    )
  })
}
