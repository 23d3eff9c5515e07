import { Counter, type Registry } from 'prom-client'

/** Counts what should be rare. */
export interface OutcomeMetrics {
  refused: (count: number) => void
  secondStarts: (count: number) => void
  lost: (count: number) => void
}

export function outcomeMetrics(registry: Registry): OutcomeMetrics {
  const counter = (name: string, help: string) => {
    const made = new Counter({ name, help, registers: [registry] })
    return (count: number) => made.inc(count)
  }
  return {
    refused: counter(
      'daybook_job_outcomes_refused_total',
      'Outcomes of attempts that were not in hand any more, or of unknown jobs',
    ),
    secondStarts: counter(
      'daybook_job_starts_refused_total',
      'Starts of attempts that were not in hand any more, or that another worker ran',
    ),
    lost: counter('daybook_job_workers_lost_total', 'Workers whose lease ended'),
  }
}
