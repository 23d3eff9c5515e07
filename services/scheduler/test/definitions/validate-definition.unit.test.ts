import type { DaybookError } from '@daybook/shared/failures/errors'
import { type Test, test } from 'tap'
import type { Definition } from '../../src/definitions/definition.ts'
import { readDefinition } from '../../src/definitions/validate-definition.ts'

type Body = Parameters<typeof readDefinition>[0]

const now = new Date('2026-11-22T14:03:00Z')
const rules = { defaultTimeZone: 'Europe/Berlin', minInterval: 60_000 }
const read = (body: Body) => readDefinition(body, undefined, rules, now)

function pointers(t: Test, body: Body, ...expected: [pointer: string, detail: RegExp][]): void {
  try {
    read(body)
    t.fail('the definition is accepted')
  } catch (error) {
    const { faults } = error as DaybookError
    t.strictSame(
      faults.map(({ pointer }) => pointer),
      expected.map(([pointer]) => pointer),
    )
    for (const [i, [, detail]] of expected.entries()) t.match(faults[i]?.detail, detail)
  }
}

test('absent fields get their defaults, and instants and time zones their canonical spelling', async t => {
  const kept: Definition = {
    cron: '30 9 * * 1-5',
    timeZone: 'Europe/Berlin',
    paused: false,
    catchUp: 'all',
    catchUpWindow: 'P7D',
  }
  t.strictSame(read({ cron: '30 9 * * 1-5' }), kept)
  const given = read({ at: '2027-01-01T00:00:00Z', timeZone: 'europe/berlin', start: '2026-12-01T00:00:00Z' })
  t.match(given, {
    at: '2027-01-01T00:00:00.000Z',
    timeZone: 'Europe/Berlin',
    start: '2026-12-01T00:00:00.000Z',
  })
})

test('a stored definition that is read again has the same bytes', async t => {
  const once = read({ every: 'PT15M', exclude: ['2026-12-24'], jitter: 'PT1M', data: { b: 1, a: [null] } })
  t.equal(JSON.stringify(read(once)), JSON.stringify(once))
})

test('excluded dates are stored in their canonical spelling', async t => {
  const exclude = [
    { to: '2026-12-24', from: '2026-12-24' },
    { to: '2026-12-27', from: '2026-12-26' },
  ]
  const kept = ['2026-12-24', { from: '2026-12-26', to: '2026-12-27' }]
  t.equal(JSON.stringify(read({ every: 'PT1H', exclude }).exclude), JSON.stringify(kept))
})

test('a definition has exactly one of cron, every and at', async t => {
  pointers(t, {}, ['', /exactly one of cron, every, at; it has none/])
  pointers(t, { cron: '* * * * *', every: 'PT1M' }, ['', /it has cron, every$/])
})

test('all faults are reported together', async t => {
  pointers(
    t,
    {
      cron: '61 * * * *',
      start: '2026-12-02T00:00:00Z',
      end: '2026-12-02T00:00:00Z',
      exclude: ['2026-12-24', { from: '2026-12-26', to: '2026-12-25' }],
      data: { text: 'é'.repeat(4096) },
    },
    ['/cron', /minute/],
    ['/end', /later than start/],
    ['/exclude/1/to', /not be earlier than from/],
    ['/data', /at most 8192 bytes as JSON; it has 8203/],
  )
})

test('data can have 8192 bytes and a depth of 100', async t => {
  t.doesNotThrow(() => read({ every: 'PT1M', data: { text: 'x'.repeat(8192 - '{"text":""}'.length) } }))
  const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
  pointers(t, { every: 'PT1M', data: { deep } }, ['/data', /nested deeper than 100/])
})

test('a definition without slots is rejected', async t => {
  const never = /never fires/
  pointers(t, { every: 'PT1H', end: '2026-11-22T14:30:00Z' }, ['/every', never])
  pointers(t, { at: '2026-12-24T12:00:00Z', exclude: ['2026-12-24'] }, ['/at', never])
  pointers(t, { at: '2026-12-24T12:00:00Z', end: '2026-12-24T12:00:00Z' }, ['/at', never])
  t.doesNotThrow(() => read({ at: '2026-01-01T00:00:00Z' }), 'a past at is valid')
})

test('slots that are closer than the setting allows are rejected, with both numbers', async t => {
  const both = /slots only 30 s apart; the setting SCHEDULE_MIN_INTERVAL_SECONDS requires 60 s/
  pointers(t, { every: 'PT30S' }, ['/every', both])
  pointers(t, { cron: '0,30 * * * * *' }, ['/cron', both])
  pointers(t, { cron: '0,30 0 12 * * *' }, ['/cron', both])
  t.doesNotThrow(() => read({ cron: '0 * * * * *' }))
})

test('jitter must not be longer than the shortest time between two slots', async t => {
  pointers(t, { every: 'PT10M', jitter: 'PT11M' }, ['/jitter', /not be longer .* 600 s/])
  t.doesNotThrow(() => read({ every: 'PT10M', jitter: 'PT10M' }))
  t.doesNotThrow(() => read({ at: '2027-01-01T00:00:00Z', jitter: 'P1D' }))
})
