import { askedGauge } from '@daybook/shared/process/asked-gauge'
import type { Registry } from 'prom-client'
import type { Reruns } from './rerun-store.ts'

/**
 * Registers the metrics of reruns.
 * @param deadline how long a rerun may be without progress, in milliseconds
 */
export function rerunMetrics(
  registry: Registry,
  reruns: Pick<Reruns, 'unfinished' | 'overdue'>,
  deadline: number,
): void {
  const unfinished = async () => (await reruns.unfinished()).length
  askedGauge(registry, 'daybook_reruns_unfinished', 'Reruns that are not done', unfinished)
  const help = 'Reruns whose turn it is, and of which no day was done for RUN_DEADLINE_SECONDS'
  const overdue = async () => (await reruns.overdue(new Date(Date.now() - deadline))).length
  askedGauge(registry, 'daybook_reruns_overdue', help, overdue)
}
