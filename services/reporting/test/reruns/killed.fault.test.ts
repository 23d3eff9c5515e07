import { rm } from 'node:fs/promises'
import { LONG, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

const DAY = '2026-05-01'
const USERS = 2000

interface RerunAnswer {
  id: string
  state: string
}

// The steps of a rerun are those of a run, whose kills are tested in each test run.
const skip = !LONG && 'npm run test:long runs it'

t.test('a rerun continues after its process was killed, and restores every file', { skip }, async t => {
  const bench = await makeBench(t)
  const users = Array.from({ length: USERS }, (_, i) => `user-${i}`)
  await bench.publish(...users.map(user => completed(user, DAY)))
  await bench.endDay(DAY)
  const first = await startReporting(t, bench.stack)
  await first.runDone(DAY)
  const files = await bench.list(DAY)
  const text = await bench.read(DAY, 'user-7.log')
  await rm(bench.path(DAY), { recursive: true })

  const { body, status } = await first.operator<RerunAnswer>('/runs', { body: { day: DAY } })
  t.equal(status, 202)
  await until('some files are back', async () => (await bench.list(DAY)).length > 0)
  await first.end('SIGKILL')
  t.comment(`killed after ${(await bench.list(DAY)).length} of ${files.length} files and folders`)

  const second = await startReporting(t, bench.stack)
  const { body: done } = await second.operator<RerunAnswer>(`/reruns/${body.id}`, {
    headers: { prefer: 'wait' },
  })
  t.match(done, { state: 'done', users: USERS, written: USERS, changed: 0, failed: 0 })
  t.strictSame(await bench.list(DAY), files)
  t.equal(await bench.read(DAY, 'user-7.log'), text)
  const reports = await watchTopic(t, bench.stack, 'daybook.reports')
  await until('the day is reported', () => reports.length > 0)
  t.strictSame(
    reports.map(({ headers }) => headers.ce_type),
    ['DayReported'],
    'nothing is announced again',
  )
})
