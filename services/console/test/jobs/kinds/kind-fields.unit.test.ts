import t from 'tap'
import { type Definition, definitionOf, fieldsOf, limitText } from '../../../src/jobs/kinds/kind-fields.ts'

const full: Definition = {
  lane: 'mail',
  attempts: 3,
  timeout: 'none',
  expires: 'P1D',
  inFlight: 8,
  perKey: 1,
  rate: { limit: 100, per: 'PT1M', burst: 10, window: 'PT1S' },
  limits: ['smtp', 'night'],
  mailTo: ['ops@example.org'],
  paused: true,
  claim: 'strict',
  schema: { type: 'object' },
  backoff: { initial: 'PT1S' },
  softTimeout: 'PT1M',
}

t.test('a form that was not changed changes nothing, also rules that it does not show', async t => {
  t.strictSame(definitionOf(fieldsOf(full), full), full)
  t.strictSame(definitionOf(fieldsOf({}), {}), {})
})

t.test('an empty field removes its rule', async t => {
  const { lane: _, rate: __, paused: ___, ...rest } = full
  const empty = { lane: ' ', rateLimit: '', ratePer: '', rateBurst: '', paused: false }
  t.strictSame(definitionOf({ ...fieldsOf(full), ...empty }, full), rest)
})

t.test('a field that makes no sense is sent as it is, for the scheduler to refuse', async t => {
  const fields = { ...fieldsOf({}), attempts: 'many', rateLimit: '5' }
  t.strictSame(definitionOf(fields, {}) as unknown, { attempts: 'many', rate: { limit: 5 } })
})

t.test('limits are told in words', async t => {
  t.equal(limitText({}), 'none')
  t.equal(
    limitText(full),
    '100 in PT1M, 10 of them at once; 8 in hand; 1 in hand of one key; the limit smtp; the limit night',
  )
})
