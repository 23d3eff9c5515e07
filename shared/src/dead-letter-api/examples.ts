/** The examples of the OpenAPI document. */

export const exampleListedLetter = {
  id: 'reporting-clock/daybook.clock/0/7',
  group: 'reporting-clock',
  topic: 'daybook.clock',
  partition: 0,
  offset: '7',
  key: 'Europe/Berlin',
  attempts: 3,
  parkedAt: '2026-11-22T23:00:00.000Z',
  replaying: false,
  error: { name: 'Error', message: 'data/timeZone must be a time zone' },
}

export const exampleLetter = {
  ...exampleListedLetter,
  error: {
    ...exampleListedLetter.error,
    stack: null,
    faults: [{ pointer: '/timeZone', detail: 'must be a time zone' }],
  },
  timestamp: '2026-11-22T22:59:59.000Z',
  keyBytes: 13,
  headers: [{ name: 'ce_type', value: 'EndOfDay', valueBytes: 8 }],
  headerCount: 1,
  valueBytes: 35,
  value: '{"day":"2026-11-22","timeZone": ""}',
  json: { day: '2026-11-22', timeZone: '' },
}
