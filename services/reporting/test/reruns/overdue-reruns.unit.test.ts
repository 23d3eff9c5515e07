import { memoryLog } from '@daybook/shared/testing'
import { Registry } from 'prom-client'
import t from 'tap'
import { rerunMetrics } from '../../src/reruns/metrics.ts'
import { overdueReruns } from '../../src/reruns/overdue-reruns.ts'
import type { Rerun } from '../../src/reruns/rerun-model.ts'

const DEADLINE = 900_000
const NOW = new Date('2026-11-22T12:00:00Z')
const rerun = (advancedAt: Date): Rerun => ({
  ...{ _id: 'id', from: '2026-11-01', to: '2026-11-02', by: 'op', state: 'running', days: 2 },
  ...{ createdAt: new Date(0), advancedAt },
})

t.test('a rerun without progress is a failure since its deadline, and is logged', async t => {
  const { log, lines } = memoryLog()
  const stuck = rerun(new Date(NOW.getTime() - DEADLINE - 1))
  const asked: Date[] = []
  const overdue = async (before: Date) => {
    asked.push(before)
    return [stuck]
  }
  const watched = overdueReruns({ overdue }, DEADLINE, log)
  const [failure] = await watched.find(NOW)
  t.strictSame(asked, [new Date(NOW.getTime() - DEADLINE)])
  t.match(failure, {
    about: 'reruns',
    subject: 'id of 2026-11-01 to 2026-11-02',
    at: new Date(NOW.getTime() - 1),
  })
  if (failure !== undefined) watched.logNew?.(failure)
  t.match(lines, [
    { code: 'DAYBOOK_RERUN_OVERDUE', rerun: 'id', msg: /^No day of a rerun was done for 900 s: id/ },
  ])
})

t.test('the metrics count the reruns that are not done, and those without progress', async t => {
  const registry = new Registry()
  const reruns = { unfinished: async () => ['a', 'b'], overdue: async () => [rerun(new Date(0))] }
  rerunMetrics(registry, reruns, DEADLINE)
  const text = await registry.metrics()
  t.match(text, /^daybook_reruns_unfinished 2$/m)
  t.match(text, /^daybook_reruns_overdue 1$/m)
})
