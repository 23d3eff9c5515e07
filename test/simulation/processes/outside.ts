import type { Broker } from '../kafka/broker.ts'
import type { Database } from '../ports/database.ts'
import type { Disk } from '../ports/reporting/log-files.ts'
import type { StoredManifests } from '../ports/reporting/manifests.ts'
import type { Servers } from '../world/servers.ts'

/** What outlives the processes. */
export interface Outside {
  broker: Broker
  database: Database
  disk: Disk
  manifests: StoredManifests
  servers: Servers
  /** The zones whose days the scheduler ends. */
  timeZones: string[]
}
