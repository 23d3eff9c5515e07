import { memoryLog, stopTime } from '@daybook/shared/testing'
import t from 'tap'
import type { Run } from '../../src/runs/run-model.ts'
import { watchOverdue } from '../../src/runs/watch-overdue.ts'

t.test('an overdue run is logged once for each part that it waits for', async t => {
  const time = stopTime(t)
  const { log, lines } = memoryLog()
  const createdAt = new Date()
  const run: Run = { _id: '2026-11-22@UTC', day: '2026-11-22', timeZone: 'UTC', state: 'closing', createdAt }
  let overdue: Run[] = [{ ...run, endedAt: createdAt }]
  const runs = { overdue: async () => overdue }
  const watch = watchOverdue(runs, 900_000, { log, fail: error => t.fail(error.message) })
  t.teardown(() => watch.stop())
  const turns = async (...found: Run[]) => {
    overdue = found
    for (const _ of [1, 2]) await time.pass(10_000)
    return lines.splice(0).map(line => (line as unknown as { waitsFor: string }).waitsFor)
  }

  await time.pass(0)
  t.strictSame(lines, [], 'not at the start')
  await time.pass(10_000)
  t.match(lines, [
    { code: 'DAYBOOK_RUN_OVERDUE', msg: /2026-11-22 in UTC .* 900 s .* tasks has not published/ },
  ])
  t.strictSame(await turns({ ...run, endedAt: createdAt }), ['tasks'])
  t.strictSame(await turns({ ...run, closingOffsets: {} }), ['projection'])
  t.strictSame(await turns({ ...run, state: 'writing' }), ['writers'])
  t.strictSame(await turns(), [])
})
