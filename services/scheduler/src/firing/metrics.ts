import { askedGauge, askedSeries } from '@daybook/shared/process/asked-gauge'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { Tally } from '../schedules/schedule.ts'
import type { Schedules } from '../schedules/schedule-store.ts'

/**
 * Registers the scheduler's metrics. The metrics of schedules count what this process fired. All schedules with `at` share one
 * series; every other schedule has its own.
 * @param deadline how long after its end a day may go unpublished, in milliseconds
 * @returns a function that counts a firing
 */
export function scheduleMetrics(
  registry: Registry,
  schedules: Pick<Schedules, 'countDue' | 'due' | 'overdue'>,
  deadline: number,
): (series: string, tally: Tally) => void {
  askedGauge(registry, 'daybook_schedules_due', 'Schedules that are due now', () =>
    schedules.countDue(new Date()),
  )
  registerDueGauge(registry, schedules)
  const overdue = async () => {
    const days = await schedules.overdue(new Date(Date.now() - deadline))
    return new Set(days.map(({ timeZone }) => timeZone)).size
  }
  const help =
    'Time zones with a day that ended more than DAY_CLOSE_DEADLINE_SECONDS ago and whose EndOfDay is not published'
  askedGauge(registry, 'daybook_days_overdue', help, overdue)

  const perSchedule = { labelNames: ['schedule'], registers: [registry] }
  const fired = new Counter({ ...perSchedule, name: 'daybook_schedule_fired_total', help: 'Slots fired' })
  const missed = new Counter({
    ...perSchedule,
    name: 'daybook_schedule_missed_total',
    help: 'Slots fired more than 60 s after their time, or not at all. One firing counts at most about 1,000 slots that do not fire',
  })
  const caughtUp = new Counter({
    ...perSchedule,
    name: 'daybook_schedule_caught_up_total',
    help: 'Missed slots fired nevertheless',
  })
  const lateness = new Gauge({
    ...perSchedule,
    name: 'daybook_schedule_lateness_seconds',
    help: 'How late the last slot was fired',
  })
  return (schedule, tally) => {
    fired.inc({ schedule }, tally.fired)
    missed.inc({ schedule }, tally.missed)
    caughtUp.inc({ schedule }, tally.caughtUp)
    if (tally.last !== undefined) lateness.set({ schedule }, tally.last.lateMs / 1000)
  }
}

/** Registers a gauge with one series for each due schedule. It shows the schedules that one query returns, oldest first. */
function registerDueGauge(registry: Registry, schedules: Pick<Schedules, 'due'>): void {
  const gauge = {
    name: 'daybook_schedule_due',
    help: 'Is 1 for a schedule that is due now',
    labelNames: ['schedule'],
  }
  askedSeries(registry, gauge, async () =>
    (await schedules.due(new Date())).map(({ _id: schedule }) => ({ labels: { schedule }, value: 1 })),
  )
}
