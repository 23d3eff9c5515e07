import t from 'tap'
import type { Result } from '../../harness/result.ts'
import { chartOf } from '../../report/chart.ts'
import { tables } from '../../report/page.ts'

const result: Result = {
  work: 'Something is done.',
  date: '2026-03-14',
  machine: { cpu: '2 × a CPU', versions: { Node: 'v24.0.0' } },
  subjects: [
    { name: 'Daybook', rounds: [{ 'requests/s': 5000, 'p99 ms': 12.34 }] },
    { name: 'plain server', does: 'does less', rounds: [{ 'requests/s': 1600, 'p99 ms': 40 }] },
  ],
  goals: [
    { figure: 'requests/s', against: 'plain server', atLeast: 3 },
    { figure: 'p99 ms', atMost: 12 },
  ],
  peaks: { tasks: 123.4 },
}

t.test('the page has each goal with its figures, ratio and outcome', async t => {
  const page = tables({ some: result })
  t.match(page, '| some | requests/s | 5,000 | plain server: 1,600 | 3.13 | ≥ 3 × plain server | met |')
  t.match(page, '| some | p99 ms | 12.3 |  |  | ≤ 12 | missed |')
  t.match(page, '- **plain server**: does less')
  t.match(page, '2026-03-14, one round. 2 × a CPU, Node v24.0.0. Peak memory: tasks 123 MB.')
})

t.test('the page changes with a figure', async t => {
  const other = {
    ...result,
    subjects: [{ name: 'Daybook', rounds: [{ 'requests/s': 5001, 'p99 ms': 12.34 }] }],
  }
  t.not(tables({ some: other }), tables({ some: result }))
})

t.test('a chart is the same whenever it is drawn, and changes with a figure', async t => {
  const first = chartOf(result)
  t.match(first, /^<svg/)
  t.equal(chartOf(result), first)
  const [daybook, reference] = result.subjects
  const faster = { ...reference, rounds: [{ 'requests/s': 2500, 'p99 ms': 40 }] }
  t.not(chartOf({ ...result, subjects: [daybook, faster] as Result['subjects'] }), first)
})
