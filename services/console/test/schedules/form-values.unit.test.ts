import '../browser.ts'
import t from 'tap'
import type { Definition } from '../../src/schedules/definition/schedule.ts'
import { definitionOf, valuesOf } from '../../src/schedules/form/form-values.ts'

const stored = {
  cron: '30  9 * * 1-5',
  timeZone: 'Asia/Kolkata',
  exclude: ['2026-12-24', { from: '2026-12-31', to: '2027-01-01' }],
  start: '2026-11-01T00:00:30.000Z',
  paused: true,
  catchUp: 'latest',
  catchUpWindow: 'P7D',
  data: { b: 1, a: 'é' },
  job: { kind: 'report', data: { page: 1 }, priority: 3 },
  overlap: 'queue',
  later: 'a field of a later version',
} as unknown as Definition

t.test('a form that nobody has changed makes the same definition', async t => {
  for (const timeZone of ['Asia/Kolkata', 'UTC']) {
    const one = { ...stored, timeZone }
    t.strictSame(definitionOf(valuesOf(one), one), { definition: one })
  }
  const bare = {
    every: 'PT5M',
    timeZone: 'UTC',
    paused: false,
    catchUp: 'all',
    catchUpWindow: 'P7D',
  } as const
  t.strictSame(definitionOf(valuesOf(bare), bare), { definition: bare })
})

t.test('only what was changed differs', async t => {
  const values = {
    ...valuesOf(stored),
    kind: 'every' as const,
    every: 'PT1H',
    exclude: ' 2026-12-24 \n\n2027-01-01 2027-01-06',
  }
  const { cron: _, ...others } = stored
  t.strictSame(definitionOf(values, stored), {
    definition: {
      ...others,
      every: 'PT1H',
      exclude: ['2026-12-24', { from: '2027-01-01', to: '2027-01-06' }],
    },
  })
})

t.test('a job goes with its fields, and comes with the typed ones', async t => {
  const { job: _, overlap: __, ...without } = stored
  t.strictSame(definitionOf({ ...valuesOf(stored), jobKind: '' }, stored), { definition: without })
  const typed = {
    ...valuesOf(without),
    jobKind: 'mail',
    jobKey: 'a',
    jobPriority: '2',
    overlap: 'allow' as const,
  }
  t.match(definitionOf(typed, without), {
    definition: { job: { kind: 'mail', data: {}, key: 'a', priority: 2 }, overlap: 'allow' },
  })
})

t.test('text that is no JSON is a fault of its field', async t => {
  t.match(definitionOf({ ...valuesOf(stored), data: '{', jobData: '[1' }, stored), {
    faults: [
      { pointer: '/data', detail: /no JSON/ },
      { pointer: '/job/data', detail: /no JSON/ },
    ],
  })
})
