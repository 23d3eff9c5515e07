import { askedSeries } from '@daybook/shared/process/asked-gauge'
import type { Registry } from 'prom-client'
import { reasonsApart } from './apart-model.ts'
import type { LogsApart } from './apart-store.ts'

/** Registers the gauge of log requests that are done apart. All processes show the same. */
export function apartMetrics(registry: Registry, logsApart: Pick<LogsApart, 'count'>): void {
  const gauge = {
    name: 'daybook_logs_apart',
    help: 'Log requests that are done apart from others: after a failed attempt, or because the log is large',
    labelNames: ['why'],
  }
  askedSeries(registry, gauge, () =>
    Promise.all(reasonsApart.map(async why => ({ labels: { why }, value: await logsApart.count(why) }))),
  )
}
