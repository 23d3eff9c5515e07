import t from 'tap'
import type { Result } from '../../harness/result.ts'
import { needsOf, scaleTables } from '../../report/scale.ts'

const resultOf = (figure: string, value: number): Result => ({
  work: '',
  date: '2026-03-14',
  machine: { cpu: 'a CPU', versions: {} },
  subjects: [{ name: 'Daybook', rounds: [{ [figure]: value }] }],
  goals: [],
  peaks: {},
})

const needed = (users: number, results: Parameters<typeof needsOf>[1], name: string) =>
  needsOf(users, results).find(([what]) => what === name)?.[1]

t.test('twice the users at twice the rate of a process need as many processes', async t => {
  const [one, two] = [resultOf('requests/s', 1000), resultOf('requests/s', 2000)]
  const name = 'processes of tasks'
  t.equal(needed(2e6, { complete: two }, name), needed(1e6, { complete: one }, name))
  t.equal(needed(1e8, { complete: one }, name), 139)
})

t.test('the page says which rates are stored results', async t => {
  const page = scaleTables({ complete: resultOf('requests/s', 1234) })
  t.match(page, '| commands of one process | 1,234/s | `npm run bench complete` |')
  t.match(page, /user logs of one process \| 568\/s \| an earlier measurement/)
})
