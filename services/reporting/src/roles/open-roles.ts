import type { ConsumerOptions } from '@daybook/shared/kafka'
import type { RoleName } from '../config.ts'
import type { Ports } from './ports.ts'
import { projectionConsumers } from './projection.ts'
import { runConsumers, startRuns } from './runs.ts'
import { startWriters, writerConsumers } from './writers.ts'

const nothing = () => undefined
const noLoops = { relay: { offer: nothing }, wakeApart: nothing }

/** The consumers of a process, none of which is started. */
export interface RoleConsumers {
  /** Those of its roles. The caller starts them. */
  own: ConsumerOptions[]
  /** Those of all roles. Every process can handle the messages of dead letters. */
  all: ConsumerOptions[]
  /** Tells the loop of reruns, if this process has it, that there is one to advance. */
  wakeReruns: () => void
}

/** Starts the loops of the roles of a process, which `closing` stops. */
export async function openRoles(ports: Ports, roles: ReadonlySet<RoleName>): Promise<RoleConsumers> {
  const wake = roles.has('runs') ? await startRuns(ports) : { runs: nothing, reruns: nothing }
  const loops = roles.has('writers') ? startWriters(ports) : noLoops
  const consumers: Record<RoleName, ConsumerOptions[]> = {
    projection: projectionConsumers(ports, wake.runs),
    runs: runConsumers(ports, wake.runs),
    writers: writerConsumers(ports, loops),
  }
  const [own, all] = [[...roles].flatMap(role => consumers[role]), Object.values(consumers).flat()]
  return { own, all, wakeReruns: wake.reruns }
}
