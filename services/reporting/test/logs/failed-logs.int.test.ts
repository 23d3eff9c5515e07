import { makeStack } from '@daybook/shared/testing'
import t from 'tap'
import { failedLogs } from '../../src/logs/failed-logs.ts'
import type { UserLog } from '../../src/logs/user-log-model.ts'
import { openUserLogs, userLogId } from '../../src/logs/user-log-store.ts'

const day = '2026-11-22'
const run = `${day}@UTC`

t.test('failed logs are found, also those of an earlier version, which did not say since when', async t => {
  const { db } = await makeStack(t)
  const logs = await openUserLogs(db)
  const collection = db.collection<UserLog>('user_logs')
  await logs.recordFailed(day, 'alice', run, new Error('EISDIR'))
  await collection.updateOne({}, { $unset: { failedAt: '' } })
  const watched = failedLogs(logs)
  const failure = { about: 'log files', error: 'A log could not be written: EISDIR', subject: `${day}/alice` }
  t.match(await watched.find(new Date()), [{ ...failure, at: new Date(`${day}T00:00:00Z`) }])
  await logs.recordFailed(day, 'bob', run, new Error('ENAMETOOLONG'))
  t.match(await watched.find(new Date()), [failure, { subject: `${day}/bob` }], 'the newest last')
  await logs.recordFailed(day, 'alice', run, new Error('EISDIR'))
  t.ok((await collection.findOne({ _id: userLogId(day, 'alice') }))?.failedAt instanceof Date)
})
