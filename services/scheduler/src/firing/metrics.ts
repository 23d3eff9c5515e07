import { isOutage } from '@daybook/shared/failures/outage'
import { askedGauge } from '@daybook/shared/process/asked-gauge'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { Tally } from '../schedules/schedule.ts'
import type { Schedules } from '../schedules/schedule-store.ts'

/**
 * The scheduler's metrics. Those of a schedule are of what this process fired: one series for each that fires again and
 * again, and one for all that fire once.
 * @param deadline how long after its end a day may go unpublished, in milliseconds
 * @returns what counts a firing
 */
export function scheduleMetrics(
  registry: Registry,
  schedules: Pick<Schedules, 'countDue' | 'due' | 'overdue'>,
  deadline: number,
): (series: string, tally: Tally) => void {
  askedGauge(registry, 'daybook_schedules_due', 'Schedules that are due now', () =>
    schedules.countDue(new Date()),
  )
  eachDue(registry, schedules)
  const overdue = async () => {
    const days = await schedules.overdue(new Date(Date.now() - deadline))
    return new Set(days.map(({ timeZone }) => timeZone)).size
  }
  const help =
    'Time zones whose day ended longer ago than DAY_CLOSE_DEADLINE_SECONDS, its EndOfDay not published'
  askedGauge(registry, 'daybook_days_overdue', help, overdue)

  const of = { labelNames: ['schedule'], registers: [registry] }
  const fired = new Counter({ ...of, name: 'daybook_schedule_fired_total', help: 'Slots fired' })
  const missed = new Counter({
    ...of,
    name: 'daybook_schedule_missed_total',
    help: 'Slots fired more than 60 s after their time, or not at all; of the latter one firing counts at most about 1,000',
  })
  const caughtUp = new Counter({
    ...of,
    name: 'daybook_schedule_caught_up_total',
    help: 'Missed slots fired all the same',
  })
  const lateness = new Gauge({
    ...of,
    name: 'daybook_schedule_lateness_seconds',
    help: 'By how much the last slot fired was late',
  })
  return (schedule, tally) => {
    fired.inc({ schedule }, tally.fired)
    missed.inc({ schedule }, tally.missed)
    caughtUp.inc({ schedule }, tally.caughtUp)
    if (tally.last !== undefined) lateness.set({ schedule }, tally.last.lateMs / 1000)
  }
}

/** Which schedules are due, for as long as they are: the longest due ones, no more than one query gives. */
function eachDue(registry: Registry, schedules: Pick<Schedules, 'due'>): void {
  new Gauge({
    name: 'daybook_schedule_due',
    help: 'Is 1 for a schedule that is due now',
    labelNames: ['schedule'],
    registers: [registry],
    async collect() {
      this.reset()
      try {
        for (const { _id: schedule } of await schedules.due(new Date())) this.set({ schedule }, 1)
      } catch (error) {
        if (!isOutage(error)) throw error
      }
    },
  })
}
