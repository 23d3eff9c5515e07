import type { Reporting, Scheduler } from '@daybook/client'

type Run = Reporting.components['schemas']['Run']
type RunLog = Reporting.components['schemas']['RunLog']
type Rerun = Reporting.components['schemas']['Rerun']
type Schedule = Scheduler.components['schemas']['Schedule']

/** What reporting answers about runs, and the scheduler about the ends of days, while screenshots are taken. */

const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

const run = (
  day: string,
  timeZone: string,
  endedAt: string,
  users: number,
  facts: Partial<Run> = {},
): Run => ({
  ...{ id: `${day}@${timeZone}`, day, timeZone, state: 'done', jobs: users, completions: users * 4 },
  ...{ written: users, failed: 0, firstError: null, amended: 0, manifestSha256: sha256 },
  ...{
    createdAt: endedAt,
    writingAt: endedAt.replace('00.000', '03.100'),
    doneAt: endedAt.replace('00.000', '41.000'),
  },
  ...facts,
})

const failed = run('2026-11-26', 'Europe/Berlin', '2026-11-26T23:00:00.000Z', 1204, {
  ...{ written: 1201, failed: 3, firstError: 'EACCES: permission denied, open logs/2026-11-26/bruno.log' },
  amended: 17,
})

const runs: Run[] = [
  run('2026-11-27', 'Pacific/Apia', '2026-11-27T11:00:00.000Z', 62),
  run('2026-11-27', 'Asia/Tokyo', '2026-11-27T15:00:00.000Z', 1000, {
    ...{ state: 'writing', written: 338, failed: 2, doneAt: null, manifestSha256: null, waitsFor: 'writers' },
    firstError: 'EACCES: permission denied, open logs/2026-11-27/akira.log',
  }),
  failed,
  run('2026-11-26', 'Asia/Kolkata', '2026-11-26T18:30:00.000Z', 418, { amended: 2 }),
  run('2026-11-26', 'America/New_York', '2026-11-27T05:00:00.000Z', 867),
  run('2026-11-26', 'UTC', '2026-11-27T00:00:00.000Z', 96),
]

const log = (userId: string, facts: Partial<RunLog> = {}): RunLog => ({
  ...{ userId, state: 'written', revision: 1, completions: 4, sha256, writtenAt: '2026-11-26T23:00:12.000Z' },
  ...facts,
})

const denied = (user: string): Partial<RunLog> => ({
  ...{ state: 'failed', revision: 0, completions: 0, sha256: null, writtenAt: null },
  ...{
    error: `EACCES: permission denied, open logs/2026-11-26/${user}.log`,
    failedAt: '2026-11-26T23:00:39.000Z',
  },
})

const logs = [
  log('alice'),
  log('anna', { completions: 7 }),
  log('bruno', denied('bruno')),
  log('carol', { state: 'amended', revision: 2, writtenAt: '2026-11-27T06:30:00.000Z', completions: 5 }),
  log('dmitri', { completions: 1 }),
  log('emma', denied('emma')),
]

const rerun: Rerun = {
  ...{ id: '01a21515-0000-7000-8000-000000000901', from: '2026-11-26', to: '2026-11-26', user: 'bruno' },
  ...{ failedOnly: false, by: 'operator', state: 'done', total: 1, done: 1, requests: 1, handled: 1 },
  ...{ users: 1, completions: 4, written: 0, changed: 0, failed: 1, failures: [] },
  ...{ createdAt: '2026-11-27T07:12:00.000Z', doneAt: '2026-11-27T07:12:01.000Z' },
  days: [
    {
      ...{
        day: '2026-11-26',
        timeZone: 'Europe/Berlin',
        state: 'done',
        how: 'again',
        requests: 1,
        handled: 1,
      },
      ...{ users: 1, completions: 4, written: 0, changed: 0, failed: 1 },
    },
  ],
}

const zones = [
  ['Pacific/Pago_Pago', '2026-11-27', '2026-11-28T11:00:00.000Z', '-11:00'],
  ['Pacific/Honolulu', '2026-11-27', '2026-11-28T10:00:00.000Z', '-10:00'],
  ['America/Los_Angeles', '2026-11-27', '2026-11-28T08:00:00.000Z', '-08:00'],
  ['America/New_York', '2026-11-27', '2026-11-28T05:00:00.000Z', '-05:00'],
  ['America/Sao_Paulo', '2026-11-27', '2026-11-28T03:00:00.000Z', '-03:00'],
  ['UTC', '2026-11-27', '2026-11-28T00:00:00.000Z', '+00:00'],
  ['Africa/Abidjan', '2026-11-27', '2026-11-28T00:00:00.000Z', '+00:00'],
  ['Europe/Berlin', '2026-11-27', '2026-11-27T23:00:00.000Z', '+01:00'],
  ['Europe/Moscow', '2026-11-27', '2026-11-27T21:00:00.000Z', '+03:00'],
  ['Asia/Kolkata', '2026-11-27', '2026-11-27T18:30:00.000Z', '+05:30'],
  ['Asia/Kathmandu', '2026-11-27', '2026-11-27T18:15:00.000Z', '+05:45'],
  ['Asia/Jakarta', '2026-11-27', '2026-11-27T17:00:00.000Z', '+07:00'],
  ['Asia/Bangkok', '2026-11-27', '2026-11-27T17:00:00.000Z', '+07:00'],
  ['Asia/Shanghai', '2026-11-27', '2026-11-27T16:00:00.000Z', '+08:00'],
  ['Asia/Manila', '2026-11-27', '2026-11-27T16:00:00.000Z', '+08:00'],
  ['Asia/Singapore', '2026-11-27', '2026-11-27T16:00:00.000Z', '+08:00'],
  ['Australia/Perth', '2026-11-27', '2026-11-27T16:00:00.000Z', '+08:00'],
  ['Asia/Tokyo', '2026-11-28', '2026-11-28T15:00:00.000Z', '+09:00'],
  ['Australia/Sydney', '2026-11-28', '2026-11-28T13:00:00.000Z', '+11:00'],
  ['Pacific/Auckland', '2026-11-28', '2026-11-28T11:00:00.000Z', '+13:00'],
  ['Pacific/Kiritimati', '2026-11-28', '2026-11-28T10:00:00.000Z', '+14:00'],
] as const

/** The schedules that end the days of the zones. */
export const endOfDaySchedules = zones.map(
  ([timeZone, nextDay, at, offset]): Schedule => ({
    ...{
      name: `end-of-day:${timeZone}`,
      kind: 'end-of-day',
      timeZone,
      nextDay,
      nextSlot: at,
      nextFireAt: at,
    },
    nextFireAtLocal: `${nextDay}T00:00:00.000${offset}`,
    stats: { fired: 300, missed: 0, caughtUp: 0, lastSlot: null, lastFiredAt: null, lateMs: 9 },
  }),
)

/** The runs in a state, or all. */
export const runsAnswer = (state: string | null) => ({
  runs: runs.filter(one => state === null || one.state === state),
  nextCursor: null,
})

export const runAnswers: Record<string, unknown> = {
  [`/services/reporting/runs/${encodeURIComponent(failed.id)}`]: failed,
  [`/services/reporting/runs/${encodeURIComponent(failed.id)}/logs`]: { logs, nextCursor: null },
  '/services/reporting/reruns': { reruns: [{ ...rerun, ofRun: rerun.days[0] }], nextCursor: null },
}
