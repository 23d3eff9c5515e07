import type { Scheduler } from '@daybook/client'

type Schemas = Scheduler.components['schemas']
type Schedule = Schemas['Schedule']

/** What the scheduler answers about schedules while screenshots are taken. */

const stats = { fired: 212, missed: 0, caughtUp: 0, lastSlot: null, lastFiredAt: null, lateMs: null }

const schedule = (
  name: string,
  cron: string,
  facts: Partial<Schedule> & { paused?: boolean } = {},
): Schedule => {
  const { paused = false, ...others } = facts
  return {
    ...{ name, kind: 'user', version: 3, timeZone: 'Europe/Berlin', stats },
    definition: { cron, timeZone: 'Europe/Berlin', paused, catchUp: 'all', catchUpWindow: 'P7D' },
    ...{ nextSlot: null, nextFireAt: null, nextFireAtLocal: null },
    ...others,
  }
}

const next = (at: string): Partial<Schedule> => ({ nextSlot: at, nextFireAt: at })
const last = (at: string, lateMs = 14): Partial<Schedule> => ({
  stats: { ...stats, lastSlot: at, lastFiredAt: at, lateMs },
})

const report = schedule('weekly-report', '30 9 * * 1-5', {
  lastJob: { id: 'firing:weekly-report:2026-11-27T08:30:00.000Z', state: 'succeeded' },
  ...next('2026-11-30T08:30:00.000Z'),
  stats: {
    ...{ fired: 212, missed: 3, caughtUp: 1, lateMs: 12 },
    ...{ lastSlot: '2026-11-27T08:30:00.000Z', lastFiredAt: '2026-11-27T08:30:00.012Z' },
  },
  definition: {
    ...{ cron: '30 9 * * 1-5', timeZone: 'Europe/Berlin', paused: false },
    ...{ catchUp: 'latest', catchUpWindow: 'P7D', overlap: 'skip' },
    job: { kind: 'report', data: { team: 'blue' } },
  },
})

/** As the scheduler tells them, what fires next first. */
const schedules: Schedule[] = [
  schedule('invoices', '@hourly', {
    ...next('2026-11-27T15:00:00.000Z'),
    ...last('2026-11-27T14:00:00.000Z'),
  }),
  schedule('clean-attachments', '*/15 * * * *', {
    ...next('2026-11-27T15:15:00.000Z'),
    ...last('2026-11-27T15:00:00.000Z'),
  }),
  schedule('exchange-rates', '0 */6 * * *', {
    ...next('2026-11-27T18:00:00.000Z'),
    ...last('2026-11-27T12:04:11.000Z', 251_000),
    timeZone: 'UTC',
  }),
  report,
  schedule('month-end-close', '0 22 L * *', {
    ...next('2026-11-30T21:00:00.000Z'),
    ...last('2026-10-31T21:00:00.000Z'),
    lastJob: { id: 'firing:month-end-close:2026-10-31T21:00:00.000Z', state: 'failed' },
  }),
  schedule('backup-check', '15 2 * * *', { ...last('2026-11-20T01:15:00.000Z'), paused: true }),
]

const firing = (day: string) => ({
  slot: `${day}T08:30:00.000Z`,
  slotLocal: `${day}T09:30:00.000+01:00`,
  fireAt: `${day}T08:30:00.000Z`,
})
const days = [30, 1, 2, 3, 4, 7, 8, 9, 10, 11].map(
  date => `2026-${date === 30 ? '11' : '12'}-${String(date).padStart(2, '0')}`,
)
const firings = days.map(firing)

/** As the slots would be at ten o'clock. */
const later = days.map(day => ({
  slot: `${day}T09:00:00.000Z`,
  slotLocal: `${day}T10:00:00.000+01:00`,
  fireAt: `${day}T09:00:00.000Z`,
}))
const preview: Schemas['SchedulePreview'] = { next: firings, comes: [], goes: [] }

const job = (day: string, facts: Partial<Schemas['ListedJob']>): Schemas['ListedJob'] => ({
  ...{ id: `firing:weekly-report:${day}T08:30:00.000Z`, kind: 'report', lane: 'reports' },
  ...{ schedule: 'weekly-report', owner: 'schedule:weekly-report', priority: 3, attempt: 1 },
  ...{ addedAt: `${day}T08:30:00.020Z`, dueAt: `${day}T08:30:00.020Z`, failures: 0, crashes: 0 },
  ...{ startedAt: `${day}T08:30:00.300Z`, finishedAt: `${day}T08:32:41.000Z`, state: 'succeeded' },
  ...facts,
})

/** The jobs that its firings added. */
export const scheduleJobs: Schemas['JobList'] = {
  jobs: [
    job('2026-11-27', {}),
    job('2026-11-26', {
      state: 'failed',
      reason: 'timeout',
      error: 'The database did not answer within 30 s',
    }),
    job('2026-11-25', { state: 'cancelled', reason: 'overlap' }),
    job('2026-11-24', {}),
  ],
  nextCursor: null,
}

const fired = (day: string, lateMs: number): Schemas['PastFiring'] => ({
  ...{ firedAt: `${day}T08:30:00.012Z`, slot: `${day}T08:30:00.000Z`, lateMs, notFired: 0 },
  id: `firing:weekly-report:${day}T08:30:00.000Z`,
})

/** Its firings: on three days the scheduler was away. */
const past: Schemas['PastFiring'][] = [
  fired('2026-11-27', 12),
  fired('2026-11-26', 9),
  { ...fired('2026-11-25', 251_000), firedAt: '2026-11-25T08:34:11.000Z' },
  { firedAt: '2026-11-25T08:34:11.000Z', slot: null, lateMs: null, notFired: 2, id: null },
  {
    ...{ firedAt: '2026-11-24T10:02:40.000Z', slot: '2026-11-24T10:02:40.000Z', lateMs: null, notFired: 0 },
    ...{ id: 'firing:weekly-report:by-hand:0a4c6a1e', by: 'operator' },
  },
]

const change = (version: number, at: string, cron: string, action: 'created' | 'changed') => ({
  ...{ version, at, by: 'operator', action },
  definition: { ...report.definition, cron },
})

const one = '/services/scheduler/schedules/weekly-report'

export const scheduleAnswers: Record<string, unknown> = {
  '/services/scheduler/schedules': { schedules, nextAfter: null },
  [one]: report,
  [`${one}/next`]: { next: firings },
  [`${one}/preview`]: { ...preview, next: later, comes: later.slice(0, 9), goes: firings },
  [`${one}/firings`]: { firings: past },
  [`${one}/changes`]: {
    changes: [
      change(3, '2026-11-19T10:02:00.000Z', '30 9 * * 1-5', 'changed'),
      change(1, '2026-01-12T09:00:00.000Z', '0 9 * * 1-5', 'created'),
    ],
  },
}
