import type { ControlEvents, JobDue, JobEvents, RequestEvents, ResultEvents } from '../events/index.ts'

/** An example of each event about jobs. Most of them tell of one job. */

const [job, group] = ['order-17', 'orders-2026-11-22']
const worker = '7b1f5a0e-6f3c-4f0e-9c1d-2a4e8c9b7d10'
const attempt = { worker, job, attempt: 1 }
const [addedAt, sentAt, finishedAt] = [
  '2026-11-22T13:00:00.000Z',
  '2026-11-22T13:00:00.020Z',
  '2026-11-22T13:00:00.310Z',
]
const request = { job, kind: 'send-invoice', data: { invoice: 4711 }, key: 'customer-7' }

const byScheduler = (id: string, subject = job, time = sentAt) => ({
  id,
  source: '/daybook/scheduler',
  subject,
  time,
})
const byWorker = (id: string, subject = job) => ({ id, source: '/daybook/worker', subject, time: finishedAt })

export const requestExamples: RequestEvents = {
  JobRequested: {
    ...{ id: job, source: '/shop/orders', subject: job, time: addedAt },
    type: 'JobRequested',
    data: request,
  },
  GroupRequested: {
    ...{ id: group, source: '/shop/orders', subject: group, time: addedAt },
    type: 'GroupRequested',
    data: {
      group,
      jobs: [request, { job: 'order-18', kind: 'send-invoice', data: { invoice: 4712 } }],
      then: { kind: 'close-day' },
    },
  },
}

export const laneExamples: { JobDue: JobDue } = {
  JobDue: {
    ...byScheduler(`${job}:1:due`),
    type: 'JobDue',
    data: {
      ...request,
      attempt: 1,
      lane: 'mail',
      addedAt,
      failures: 0,
      startBy: '2026-11-22T13:00:30.020Z',
      timeoutMs: 60_000,
      softTimeoutMs: null,
      strict: false,
    },
  },
}

export const resultExamples: ResultEvents = {
  WorkerBeat: {
    ...byWorker('3e1c9b52-7d0a-4a7e-8f43-0b6f4f0f9a11', worker),
    type: 'WorkerBeat',
    data: {
      worker,
      name: 'mailer-1/4242',
      version: '1.4.0',
      lanes: [{ lane: 'mail', partitions: [0, 1] }],
      kinds: ['send-invoice'],
      slots: 8,
      running: [{ job, attempt: 1 }],
      blockedMs: 0,
      state: 'working',
    },
  },
  JobStarted: { ...byWorker(`${job}:1:JobStarted`), type: 'JobStarted', data: attempt },
  JobProgressed: {
    ...byWorker('c0a1f1de-52a7-4a4e-9d8b-1f1b0b8f6e02'),
    type: 'JobProgressed',
    data: { ...attempt, done: 40, total: 100, note: 'page 2 of 5' },
  },
  JobSucceeded: {
    ...byWorker(`${job}:1:JobSucceeded`),
    type: 'JobSucceeded',
    data: { ...attempt, result: { sent: 4711 } },
  },
  JobFailed: {
    ...byWorker(`${job}:1:JobFailed`),
    type: 'JobFailed',
    data: { ...attempt, error: 'The mail server is busy', reason: 'error', retry: true, retryAfterMs: 5000 },
  },
  JobReturned: {
    ...byWorker(`${job}:1:JobReturned`),
    type: 'JobReturned',
    data: { ...attempt, reason: 'stopping' },
  },
  LeaseProbe: {
    ...byScheduler('5d3b2a40-91c2-4f0d-8e67-7c5a1e2f3b04', 'scheduler-1'),
    type: 'LeaseProbe',
    data: { scheduler: 'scheduler-1' },
  },
}

export const controlExamples: ControlEvents = {
  CancelRequested: {
    ...byScheduler('d4a0c6f8-0e5b-4c57-a1b3-9f2e7d6c5b03'),
    type: 'CancelRequested',
    data: { job, attempt: 1 },
  },
  LeaseLost: {
    ...byScheduler('e8b7a6c5-4d3e-4f2a-9b1c-0d9e8f7a6b05', worker),
    type: 'LeaseLost',
    data: attempt,
  },
  Quiet: { ...byScheduler('f1e2d3c4-b5a6-4978-8a9b-0c1d2e3f4a06', worker), type: 'Quiet', data: { worker } },
}

export const jobExamples: JobEvents = {
  JobFinished: {
    ...byScheduler(`${job}:finished:${Date.parse(finishedAt)}`, job, finishedAt),
    type: 'JobFinished',
    data: {
      job,
      kind: 'send-invoice',
      state: 'succeeded',
      key: 'customer-7',
      attempts: 1,
      addedAt,
      finishedAt,
    },
  },
  GroupFinished: {
    ...byScheduler(`${group}:group-finished`, group, finishedAt),
    type: 'GroupFinished',
    data: {
      group,
      counts: { total: 2, succeeded: 2, failed: 0, cancelled: 0, expired: 0 },
      finishedAt,
    },
  },
}
