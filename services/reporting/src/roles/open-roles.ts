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
}

/** Starts the loops of the roles of a process, which `closing` stops. */
export async function openRoles(ports: Ports, roles: ReadonlySet<RoleName>): Promise<RoleConsumers> {
  const wakeRuns = roles.has('runs') ? await startRuns(ports) : nothing
  const loops = roles.has('writers') ? startWriters(ports) : noLoops
  const consumers: Record<RoleName, ConsumerOptions[]> = {
    projection: projectionConsumers(ports, wakeRuns),
    runs: runConsumers(ports, wakeRuns),
    writers: writerConsumers(ports, loops),
  }
  return { own: [...roles].flatMap(role => consumers[role]), all: Object.values(consumers).flat() }
}
