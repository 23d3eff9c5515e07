import { isOutage } from '@daybook/shared/outage'
import { Gauge, type Registry } from 'prom-client'
import type { Runs } from './runs.ts'

/**
 * The metrics of reporting: asked of the store when they are read, and without a value while it is away.
 * @param deadline how long a run may take, in milliseconds
 */
export function runMetrics(registry: Registry, runs: Pick<Runs, 'countOverdue'>, deadline: number): void {
  new Gauge({
    name: 'daybook_runs_overdue',
    help: 'Runs made longer ago than RUN_DEADLINE_SECONDS and not done',
    registers: [registry],
    async collect() {
      try {
        this.set(await runs.countOverdue(new Date(Date.now() - deadline)))
      } catch (error) {
        if (!isOutage(error)) throw error
        this.remove()
      }
    },
  })
}
