import { readFile, writeFile } from 'node:fs/promises'
import type { Goal } from '../harness/benchmark.ts'
import { median } from '../harness/median.ts'
import type { MeasuredSubject, Result } from '../harness/result.ts'

/** Results by the name of the benchmark. */
export type Results = Record<string, Result>

const file = new URL('../results.json', import.meta.url)

/** @returns the stored results, none before the first run */
export async function readResults(): Promise<Results> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Results
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

/** Replaces the stored result of one benchmark and leaves the others. */
export async function storeResult(name: string, result: Result): Promise<void> {
  const results = { ...(await readResults()), [name]: result }
  const sorted = Object.fromEntries(Object.entries(results).sort(([a], [b]) => (a < b ? -1 : 1)))
  await writeFile(file, `${JSON.stringify(sorted, rounded, 2)}\n`)
}

/** Four digits are more than a run can repeat. */
const rounded = (_: string, value: unknown) =>
  typeof value === 'number' ? Number(value.toPrecision(4)) : value

/** @returns the highest peak memory of each service, in MB */
export function highestPeaks(results: Results): Record<string, number> {
  const highest: Record<string, number> = {}
  for (const { peaks } of Object.values(results))
    for (const [service, peak] of Object.entries(peaks))
      highest[service] = Math.max(peak, highest[service] ?? 0)
  return highest
}

/** A goal with what was measured. */
export interface Judged extends Goal {
  /** Daybook's figure: the median of the rounds. */
  daybook: number
  /** The figure of the subject to compare with, and the median of the ratios in the rounds; absent when it did not run. */
  reference?: number
  ratio?: number
  outcome: 'met' | 'missed' | 'not measured'
}

/**
 * Compares a result with its goals. A ratio is made within each round, so that what else the machine does changes both of
 * its parts. A subject may take part in fewer rounds than Daybook.
 * @throws Error when a subject lacks the figure of a goal
 */
export function judge({ subjects, goals }: Pick<Result, 'subjects' | 'goals'>): Judged[] {
  const [first] = subjects
  if (first === undefined) throw new Error('a benchmark must have at least one subject')
  return goals.map(goal => {
    const own = valuesOf(first, goal.figure)
    const daybook = median(own)
    if (goal.against === undefined) return { ...goal, daybook, outcome: outcomeOf(goal, daybook) }
    const other = subjects.find(({ name }) => name === goal.against)
    if (other === undefined) return { ...goal, daybook, outcome: 'not measured' }
    const theirs = valuesOf(other, goal.figure)
    const ratio = median(theirs.map((value, round) => (own[round] ?? Number.NaN) / value))
    return { ...goal, daybook, reference: median(theirs), ratio, outcome: outcomeOf(goal, ratio) }
  })
}

const outcomeOf = (
  { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }: Goal,
  value: number,
) => (value >= atLeast && value <= atMost ? 'met' : 'missed')

/** The values of a figure in all rounds. */
export function valuesOf({ name, rounds }: MeasuredSubject, figure: string): number[] {
  return rounds.map(figures => {
    const value = figures[figure]
    if (value === undefined) throw new Error(`${name} has no figure "${figure}"`)
    return value
  })
}
