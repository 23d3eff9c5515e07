import type { Figures, Goal } from './benchmark.ts'
import type { Machine } from './machine.ts'

/** What one benchmark measured: an entry of bench/results.json, from which the tables and charts are made. */
export interface Result {
  work: string
  /** The date of the run, in UTC. */
  date: string
  machine: Machine
  /** Daybook is the first. */
  subjects: MeasuredSubject[]
  goals: Goal[]
  /** The peak memory in MB of each service that the benchmark started; without /proc it is empty. */
  peaks: Record<string, number>
}

export interface MeasuredSubject {
  name: string
  does?: string
  version?: string
  /** The figures of each round. */
  rounds: Figures[]
}
