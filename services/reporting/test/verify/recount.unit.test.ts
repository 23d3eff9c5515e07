import t from 'tap'
import { recount } from '../../src/verify/recount.ts'
import { completed, reopened } from '../support/reporting.ts'

const DAY = '2026-06-01'
const first = { partition: 0, offset: 0n }
const at = (time: string) => ({ completedAt: `${DAY}T${time}:00.000Z` })

t.test('the completions of a day are counted by user, in the order of completion', t => {
  const counted = recount(DAY)
  const [late, early] = [completed('alice', DAY, at('11:00')), completed('alice', DAY, at('10:00'))]
  for (const event of [late, early, completed('bob', DAY), completed('alice', '2026-06-02')])
    counted.add(event, first)
  t.strictSame(counted.users(), ['alice', 'bob'])
  const ids = (user: string) => counted.ofUser(user).map(({ taskId }) => taskId)
  t.strictSame(ids('alice'), [early.data.taskId, late.data.taskId])
  t.strictSame(ids('carol'), [])
  t.end()
})

t.test(
  'a completion that was taken back does not count, in whatever order its events come, also again',
  t => {
    const done = completed('alice', DAY)
    const events = [done, reopened(done)]
    const again = completed('alice', DAY, { taskId: done.data.taskId, sequence: 4 })
    for (const [order, count] of [
      [events, 0],
      [events.toReversed(), 0],
      [[...events, done], 0],
      [[again, ...events], 1],
      [[done, reopened(done, false)], 1],
    ] as const) {
      const counted = recount(DAY)
      for (const event of order) counted.add(event, first)
      t.equal(counted.ofUser('alice').length, count)
    }
    t.end()
  },
)

t.test('the events of a time zone are counted up to their end', t => {
  const counted = recount(DAY)
  const back = completed('alice', DAY)
  const events = [
    back,
    completed('alice', DAY),
    completed('bob', DAY, { timeZone: 'Asia/Tokyo' }),
    reopened(back),
    completed('alice', DAY),
    completed('carol', '2026-06-02'),
  ]
  events.forEach((event, i) => void counted.add(event, { partition: i % 2, offset: BigInt(10 * i) }))
  counted.add(back, { partition: 1, offset: 5n })
  t.strictSame(counted.timeZones(), ['UTC', 'Asia/Tokyo'])
  t.strictSame(counted.inZone('UTC'), {
    users: 1,
    completions: 2,
    end: new Map([
      [0, 41n],
      [1, 31n],
    ]),
  })
  t.strictSame(counted.inZone('Asia/Tokyo'), { users: 1, completions: 1, end: new Map([[0, 21n]]) })
  t.strictSame(counted.inZone('Asia/Seoul'), { users: 0, completions: 0, end: new Map() })
  t.end()
})
