import t from 'tap'
import type { DifferingDay, Totals } from '../../src/rebuild/difference-store.ts'
import { describeDifferences } from '../../src/rebuild/rebuild-text.ts'

const describe = (days: DifferingDay[], totals: Totals) =>
  describeDifferences(
    { totals: async () => totals, first: async (_generation, limit) => days.slice(0, limit) },
    1,
  )

const day = (userId: string, counts: Partial<DifferingDay>): DifferingDay => {
  const none = { missing: 0, extra: 0, changed: 0, fields: [] }
  return { day: '2026-06-01', timeZone: 'UTC', userId, ...none, ...counts }
}

t.test('each day of a user has a line with what differs', async t => {
  const days = [
    day('alice', { missing: 2, changed: 1, fields: ['tags', 'name'] }),
    day('bob', { extra: 1, timeZone: 'Asia/Tokyo' }),
  ]
  t.strictSame(await describe(days, { userDays: 2, days: 1, missing: 2, extra: 1, changed: 1 }), {
    userDays: 2,
    text: [
      '2026-06-01 alice in UTC: 2 missing, 1 changed (name, tags)',
      '2026-06-01 bob in Asia/Tokyo: 1 extra',
      '2 days of users differ, on 1 dates. In the live projection 2 missing, 1 extra, 1 changed.',
    ].join('\n'),
  })
})

t.test('at most 1,000 lines are printed', async t => {
  const days = Array.from({ length: 1500 }, (_, i) => day(`user-${i}`, { missing: 1 }))
  const { text } = await describe(days, { userDays: 1500, days: 1, missing: 1500, extra: 0, changed: 0 })
  const lines = text.split('\n')
  t.equal(lines.length, 1002)
  t.strictSame(lines.slice(-3), [
    '2026-06-01 user-999 in UTC: 1 missing',
    'and 500 more days of users',
    '1500 days of users differ, on 1 dates. In the live projection 1500 missing.',
  ])
})

t.test('without a difference there is one line', async t => {
  const totals = { userDays: 0, days: 0, missing: 0, extra: 0, changed: 0 }
  t.strictSame(await describe([], totals), { userDays: 0, text: 'The live projection has no difference.' })
})
