import t from 'tap'
import type { Result } from '../../harness/result.ts'
import { highestPeaks, judge } from '../../report/results.ts'

const subjects = [
  { name: 'Daybook', rounds: [{ s: 10 }, { s: 40 }, { s: 12 }] },
  // The second round was slow for both.
  { name: 'plain program', rounds: [{ s: 10 }, { s: 20 }, { s: 10 }] },
]

t.test('a ratio is the median of the ratios in the rounds', async t => {
  const [judged] = judge({ subjects, goals: [{ figure: 's', against: 'plain program', atMost: 1.3 }] })
  t.match(judged, { daybook: 12, reference: 10, ratio: 1.2, outcome: 'met' })
})

t.test(
  'a subject that takes part in the first rounds only is compared with the same rounds of Daybook',
  async t => {
    const peer = { name: 'Celery + Redis', rounds: [{ s: 20 }, { s: 20 }] }
    const goals = [{ figure: 's', against: 'Celery + Redis', atMost: 1.3 }]
    t.match(judge({ subjects: [...subjects, peer], goals }), [{ reference: 20, ratio: 1.25, outcome: 'met' }])
  },
)

t.test('a goal without another subject is on the figure of Daybook', async t => {
  const goals = [
    { figure: 's', atMost: 12 },
    { figure: 's', atMost: 11.9 },
    { figure: 's', atLeast: 12 },
    { figure: 's', atLeast: 12.1 },
  ]
  t.strictSame(
    judge({ subjects, goals }).map(({ outcome }) => outcome),
    ['met', 'missed', 'met', 'missed'],
  )
})

t.test('a goal against a subject that did not run is not measured', async t => {
  const [judged] = judge({ subjects, goals: [{ figure: 's', against: 'Celery + Redis', atLeast: 6 }] })
  t.match(judged, { daybook: 12, outcome: 'not measured' })
  t.notOk(judged && 'ratio' in judged)
})

t.test('a figure that no subject has is an error', async t => {
  t.throws(() => judge({ subjects, goals: [{ figure: 'ms', atMost: 1 }] }), /Daybook has no figure "ms"/)
})

t.test('the highest peak of a service is that of all benchmarks', async t => {
  const result = { work: '', date: '', machine: { cpu: '', versions: {} }, subjects: [], goals: [] }
  const results: Record<string, Result> = {
    one: { ...result, peaks: { tasks: 100, reporting: 90 } },
    two: { ...result, peaks: { tasks: 120 } },
  }
  t.strictSame(highestPeaks(results), { tasks: 120, reporting: 90 })
})
