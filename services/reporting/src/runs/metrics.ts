import { askedGauge } from '@daybook/shared/process/asked-gauge'
import type { Registry } from 'prom-client'
import type { Runs } from './run-store.ts'

/**
 * Registers the metrics of reporting.
 * @param deadline how long a run may take, in milliseconds
 */
export function runMetrics(registry: Registry, runs: Pick<Runs, 'countOverdue'>, deadline: number): void {
  const help = 'Runs that were made more than RUN_DEADLINE_SECONDS ago and are not done'
  const ask = () => runs.countOverdue(new Date(Date.now() - deadline))
  askedGauge(registry, 'daybook_runs_overdue', help, ask)
}
