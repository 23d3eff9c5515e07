import type { JobDue } from '@daybook/shared/events'

/** Makes an attempt that may start for a minute. */
export const dueOf = (job: string, fields: Partial<JobDue['data']> = {}): JobDue['data'] => ({
  job,
  attempt: 1,
  kind: 'work',
  lane: 'mail',
  data: {},
  addedAt: new Date().toISOString(),
  failures: 0,
  startBy: new Date(Date.now() + 60_000).toISOString(),
  timeoutMs: null,
  softTimeoutMs: null,
  strict: false,
  ...fields,
})
