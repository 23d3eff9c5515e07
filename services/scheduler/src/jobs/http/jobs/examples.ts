/** The examples of the OpenAPI document. */

export const exampleListedJob = {
  id: 'invoice-4711',
  kind: 'send-invoice',
  lane: 'mail',
  state: 'succeeded',
  key: 'customer-7',
  trace: '4bf92f3577b34da6a3ce929d0e0e4736',
  owner: 'alice',
  priority: 3,
  addedAt: '2026-11-22T08:30:00.000Z',
  dueAt: '2026-11-22T08:30:00.000Z',
  finishedAt: '2026-11-22T08:30:01.000Z',
  attempt: 1,
  failures: 0,
  crashes: 0,
}

export const exampleJob = {
  ...exampleListedJob,
  attempts: [
    {
      attempt: 1,
      worker: '0190a3b2-7c4d-7e5f-8a6b-9c0d1e2f3a4b',
      startedAt: '2026-11-22T08:30:00.500Z',
      endedAt: '2026-11-22T08:30:01.000Z',
      outcome: 'succeeded',
    },
  ],
  data: { invoice: 4711 },
  result: { sent: true },
}

export const exampleGroup = {
  id: 'images',
  state: 'finished',
  owner: 'alice',
  addedAt: '2026-11-22T08:30:00.000Z',
  closedAt: '2026-11-22T08:30:00.000Z',
  finishedAt: '2026-11-22T08:30:05.000Z',
  counts: { total: 2, waiting: 0, sent: 0, running: 0, succeeded: 2, failed: 0, cancelled: 0, expired: 0 },
  failures: [],
}

export const exampleResult = { job: 'images:000', kind: 'resize', state: 'succeeded', result: { width: 640 } }
