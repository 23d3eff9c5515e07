import { askedSeries } from '@daybook/shared/process/asked-gauge'
import type { Registry } from 'prom-client'
import { type WaitsFor, waitsFor } from './run-model.ts'
import type { Runs } from './run-store.ts'

const all: WaitsFor[] = ['tasks', 'projection', 'writers']

/**
 * Registers the metrics of reporting.
 * @param deadline how long a run may take, in milliseconds
 */
export function runMetrics(registry: Registry, runs: Pick<Runs, 'overdue'>, deadline: number): void {
  const gauge = {
    name: 'daybook_runs_overdue',
    help: 'Runs that were made more than RUN_DEADLINE_SECONDS ago and are not done, by what they wait for',
    labelNames: ['waits_for'],
  }
  askedSeries(registry, gauge, async () => {
    const waiting = (await runs.overdue(new Date(Date.now() - deadline))).map(waitsFor)
    return all.map(waits_for => ({
      labels: { waits_for },
      value: waiting.filter(one => one === waits_for).length,
    }))
  })
}
