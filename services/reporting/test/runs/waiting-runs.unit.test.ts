import t from 'tap'
import type { Run } from '../../src/runs/run-model.ts'
import { waitingRuns } from '../../src/runs/waiting-runs.ts'

t.test('the runs that are not done are counted by what they wait for, since the oldest', async t => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 0, minute))
  const run = (minute: number, facts: Partial<Run>): Run => ({
    ...{ _id: `2026-11-22@${minute}`, day: '2026-11-22', timeZone: 'UTC' },
    ...{ state: 'closing', createdAt: at(minute), ...facts },
  })
  const unfinished = async () => [
    run(7, { state: 'writing' }),
    run(3, { state: 'empty' }),
    run(5, { endedAt: at(5) }),
  ]
  t.strictSame(
    (await waitingRuns({ unfinished }).find()).map(({ kind, count, since }) => [kind, count, since]),
    [
      ['runs-tasks', 1, at(5)],
      ['runs-projection', 0, undefined],
      ['runs-writers', 2, at(3)],
    ],
  )
})
