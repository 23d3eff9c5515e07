/** The examples of the OpenAPI document. */

export const exampleListedRerun = {
  id: '019ab0c0-0000-7000-8000-000000000002',
  from: '2026-11-22',
  to: '2026-11-22',
  user: null,
  failedOnly: false,
  by: 'operator',
  state: 'done',
  total: 1,
  createdAt: '2026-11-25T10:00:00.000Z',
  doneAt: '2026-11-25T10:00:02.000Z',
}

const counts = { requests: 1, handled: 1, users: 1, completions: 1, written: 1, changed: 0, failed: 0 }

export const exampleRerun = {
  ...{ ...exampleListedRerun, done: 1, ...counts, failures: [] },
  days: [{ day: '2026-11-22', timeZone: 'Europe/Berlin', state: 'done', how: 'again', ...counts }],
}
