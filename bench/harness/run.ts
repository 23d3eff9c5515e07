import type { Benchmark, Figures } from './benchmark.ts'
import { machine } from './machine.ts'
import { openBench } from './open-bench.ts'
import type { MeasuredSubject, Result } from './result.ts'

/**
 * Runs one benchmark on a stack of its own.
 * @param isQuick makes one round of a twentieth of the work: its figures say nothing about speed
 * @param peaks the peak memory in MB of each service in other benchmarks
 */
export async function runBenchmark(
  benchmark: Benchmark,
  isQuick: boolean,
  peaks: Record<string, number>,
): Promise<Result> {
  const { name, work, goals } = benchmark
  const bench = await openBench({ name, isQuick, peaks })
  const measured: MeasuredSubject[] = []
  try {
    const subjects = await benchmark.subjects(bench)
    measured.push(...subjects.map(({ run, ...subject }) => ({ ...subject, rounds: [] })))
    const rounds = isQuick ? 1 : benchmark.rounds
    for (let round = 1; round <= rounds; round += 1) {
      for (const [i, subject] of subjects.entries()) {
        if (round > (subject.rounds ?? rounds)) continue
        const figures = await subject.run()
        measured[i]?.rounds.push(figures)
        bench.report(`round ${round} of ${rounds}: ${subject.name}: ${inWords(figures)}`)
      }
    }
  } catch (error) {
    bench.reportWarnings()
    throw error
  } finally {
    await bench.close()
  }
  const date = new Date().toISOString().slice(0, 10)
  const on = await machine(bench.mongoVersion())
  return { work, date, machine: on, subjects: measured, goals, peaks: bench.ownPeaks }
}

const inWords = (figures: Figures) =>
  Object.entries(figures)
    .map(([name, value]) => `${Number(value.toPrecision(4))} ${name}`)
    .join(', ')
