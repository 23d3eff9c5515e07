import { setTimeout as sleep } from 'node:timers/promises'
import type { Benchmark, Figures, ServiceName } from '../harness/benchmark.ts'
import { samplesBelow } from '../processes.ts'

// The services join their groups and settle before the measurement.
const SETTLE_MS = 20_000
const MEASURE_MS = 60_000
const services: ServiceName[] = ['tasks', 'reporting', 'scheduler']

/** @returns the CPU time in seconds that each process below this one has used, by process id */
const cpuTimes = async () =>
  new Map([...(await samplesBelow(process.pid))].map(([pid, { cpu }]) => [pid, cpu]))

export const benchmark: Benchmark = {
  name: 'idle',
  work: 'The CPU time of the three services in 60 s without work, in percent of one core.',
  rounds: 1,
  goals: [{ figure: 'together %', atMost: 1 }],
  async subjects(bench) {
    return [
      {
        name: 'Daybook',
        async run() {
          const started = await Promise.all(services.map(service => bench.start(service)))
          await sleep(SETTLE_MS)
          const before = await cpuTimes()
          await sleep(MEASURE_MS)
          const after = await cpuTimes()
          const figures: Figures = { 'together %': 0 }
          for (const [i, { pid, stop }] of started.entries()) {
            const seconds = (after.get(pid) ?? Number.NaN) - (before.get(pid) ?? Number.NaN)
            const percent = (100 * seconds * 1000) / MEASURE_MS
            figures[`${services[i]} %`] = percent
            figures['together %'] = (figures['together %'] ?? 0) + percent
            await stop()
          }
          return figures
        },
      },
    ]
  },
}
