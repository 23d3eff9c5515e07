import { fileURLToPath } from 'node:url'
import { spawnProgram } from '@daybook/shared/testing'
import type { Bench } from './harness/benchmark.ts'

/** Starts a worker of the lane `bench`, which runs jobs of the kind `nothing`, see jobs-worker.ts. */
export async function startJobsWorker(bench: Bench): Promise<void> {
  const { brokers } = await bench.kafka()
  const file = fileURLToPath(new URL('./jobs-worker.ts', import.meta.url))
  const worker = spawnProgram({ teardown: bench.defer }, file, { env: { KAFKA_BROKERS: brokers.join(',') } })
  worker.process.stdout.resume()
  worker.process.stderr.pipe(process.stderr)
}
