/** The examples of the OpenAPI document. */

const change = { version: 1, changedAt: '2026-11-22T08:30:00.000Z', changedBy: 'operator' }

export const exampleKind = {
  name: 'send-invoice',
  ...change,
  definition: { lane: 'mail', attempts: 5, rate: { limit: 100, per: 'PT1M' }, perKey: 1 },
  failing: false,
}

export const exampleLimit = {
  name: 'mail-server',
  ...change,
  definition: { rate: { limit: 10, per: 'PT1S' } },
}
