import type { Teller } from '@daybook/shared/incidents/failure'
import { watchFailures } from '@daybook/shared/incidents/watch-failures'
import { memoryLog, stopTime } from '@daybook/shared/testing'
import t from 'tap'
import { overdueRuns } from '../../src/runs/overdue-runs.ts'
import type { Run } from '../../src/runs/run-model.ts'

t.test('an overdue run is logged once for each part that it waits for', async t => {
  const time = stopTime(t)
  const { log, lines } = memoryLog()
  const createdAt = new Date()
  const run: Run = { _id: '2026-11-22@UTC', day: '2026-11-22', timeZone: 'UTC', state: 'closing', createdAt }
  let overdue: Run[] = [{ ...run, endedAt: createdAt }]
  let joining: number | undefined
  const watched = {
    runs: { overdue: async () => overdue },
    generations: { joining: async () => joining },
  }
  const told: string[] = []
  const teller: Teller = {
    failed: async failures => {
      for (const { about, error, subject, at } of failures)
        told.push(
          `${about}: ${subject}: ${error.split(':')[1]?.trim()}, ${at.getTime() - createdAt.getTime()}`,
        )
    },
    over: async topics => void told.push(...topics.map(({ about }) => `${about} over`)),
  }
  const watch = watchFailures(overdueRuns(watched, 900_000, log), teller, { log })
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
  joining = 3
  t.strictSame(await turns({ ...run, closingOffsets: {} }), ['projection'])
  t.strictSame(await turns({ ...run, state: 'writing' }), ['writers'])
  t.strictSame(await turns(), [])
  t.strictSame(told, [
    'runs: 2026-11-22 in UTC: tasks has not published TasksPublished for it, 900000',
    'runs: 2026-11-22 in UTC: the group reporting-projection has not read daybook.tasks far enough, 900000',
    'runs: 2026-11-22 in UTC: a rebuild of the projection is becoming live, and the groups reporting-projection and reporting-rebuild-3 have not both read daybook.tasks far enough, 900000',
    'runs: 2026-11-22 in UTC: its log files are not all written, 900000',
    'runs over',
  ])
})
