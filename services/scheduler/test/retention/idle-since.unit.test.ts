import { test } from 'tap'
import type { Definition } from '../../src/definitions/definition.ts'
import { type IdleFields, idleSince } from '../../src/retention/idle-since.ts'

const anchor = new Date('2026-01-01T00:00:00Z')
const [march, april, may] = ['2026-03-01', '2026-04-01', '2026-05-01'].map(day => new Date(day)) as [
  Date,
  Date,
  Date,
]
const defaults = { timeZone: 'UTC', paused: false, catchUp: 'all', catchUpWindow: 'P7D' } as const
const once: Definition = { ...defaults, at: '2026-03-01T00:00:00.000Z' }
const stats = { fired: 1, missed: 0, caughtUp: 0, lastSlot: march }

const since = (definition: Definition, changes: Partial<IdleFields> = {}) =>
  idleSince({ definition: JSON.stringify(definition), anchor, changes: [], ...changes })

const changed = (at: Date) => [{ version: 1, at, by: 'op', action: 'changed' as const, definition: '' }]

test('a deleted schedule is idle since it was deleted, also if it was paused', async t => {
  t.strictSame(since(once, { deletedAt: april }), april)
  t.strictSame(since({ ...once, paused: true }, { deletedAt: april, firedByHandAt: may }), april)
})

test('a schedule without slots left is idle since its last slot, firing, firing by hand or change', async t => {
  t.strictSame(since(once), march, 'its slot never fired')
  t.strictSame(since(once, { stats: { ...stats, lastFiredAt: april } }), april)
  t.strictSame(since(once, { stats: { ...stats, lastFiredAt: april }, firedByHandAt: may }), may)
  t.strictSame(since(once, { changes: changed(may) }), may)
  const every: Definition = { ...defaults, every: 'PT1H' }
  t.strictSame(
    since({ ...every, end: '2026-04-01T00:00:00.000Z' }, { stats: { ...stats, lastFiredAt: march } }),
    april,
  )
  t.strictSame(since(every), anchor)
})

test('a schedule is not idle when it is due or paused, or when its definition is unreadable', async t => {
  t.equal(since(once, { nextFireAt: april }), undefined)
  t.equal(since({ ...once, paused: true }), undefined)
  for (const definition of ['{', 'null', '{"timeZone":"UTC","at":"soon"}'])
    t.equal(idleSince({ definition, anchor, changes: [] }), undefined, definition)
})
