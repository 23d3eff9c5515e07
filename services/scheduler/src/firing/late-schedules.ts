import { type AlarmSource, MAX_REFERENCES } from '@daybook/shared/incidents/alarm'
import type { Schedules } from '../schedules/schedule-store.ts'

// A schedule is fired within a tick of a second.
const LATE_MS = 60_000

/** The schedules of operators that have not fired although they are due, as one alarm. Days are told by `overdueDays`. */
export const lateSchedules = ({ due }: Pick<Schedules, 'due'>): AlarmSource => ({
  kind: 'schedule-overdue',
  async find(now) {
    const late = (await due(new Date(now.getTime() - LATE_MS))).filter(({ kind }) => kind === 'user')
    const [oldest] = late
    if (oldest === undefined) return []
    return [
      {
        severity: 'critical',
        ...(oldest.nextFireAt && { since: oldest.nextFireAt }),
        count: late.length,
        problem: `Schedules that were due more than ${LATE_MS / 1000} s ago have not fired`,
        remedy: 'A process of the scheduler must run: GET /health/ready of the scheduler says what is wrong.',
        references: late.slice(0, MAX_REFERENCES).map(({ _id: id }) => ({ type: 'schedule', id })),
      },
    ]
  },
})
