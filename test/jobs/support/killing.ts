import { startService, until } from '@daybook/shared/testing'
import type { Test } from 'tap'
import type { DedicatedServer } from '../../support/dedicated-servers.ts'
import type { JobSystem } from './job-system.ts'
import type { RunningWorker } from './workers.ts'

/** What can be killed. */
export type Victim = 'worker' | 'scheduler' | 'broker'

/** Workers, schedulers and a broker that are killed and started again. */
export interface Killing {
  kill: (victim: Victim) => Promise<void>
  /** When worker processes were killed, by their ids: milliseconds since 1970. */
  killed: ReadonlyMap<string, number>
  /** When members of the groups of consumers changed. */
  changes: readonly number[]
}

/**
 * Starts workers and a second scheduler.
 * @param start starts a worker
 * @param env the settings of the schedulers
 * @param random returns an integer below its argument
 */
export async function startKilling(
  t: Test,
  system: JobSystem,
  options: {
    workers: number
    start: () => RunningWorker
    env: Record<string, string>
    kafka: DedicatedServer
    random: (limit: number) => number
  },
): Promise<Killing> {
  const { start, env, kafka, random } = options
  const [killed, changes] = [new Map<string, number>(), [] as number[]]
  const scheduler = () => startService(t, 'scheduler', env)
  const workers = Array.from({ length: options.workers }, start)
  const schedulers = [system.scheduler, await scheduler()]
  const take = <One>(all: One[]) => all.splice(random(all.length), 1)[0] as One
  const kill = {
    async worker() {
      const victim = take(workers)
      await victim.end('SIGKILL')
      killed.set(String(victim.pid), Date.now())
      workers.push(start())
    },
    async scheduler() {
      await take(schedulers).end('SIGKILL')
      schedulers.push(await scheduler())
    },
    async broker() {
      await kafka.kill()
      await kafka.restart()
    },
  }
  await until('all workers have partitions', async () => {
    const alive = await system.stack.db.collection('job_workers').find({}).toArray()
    return alive.filter(({ lanes }) => lanes[0].partitions.length > 0).length === options.workers
  })
  return {
    killed,
    changes,
    async kill(victim) {
      changes.push(Date.now())
      t.comment(`killing a ${victim}`)
      await kill[victim]()
      changes.push(Date.now())
    },
  }
}
