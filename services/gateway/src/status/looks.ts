import { version } from '@daybook/shared/process/version'
import type { Addresses } from '../services.ts'
import type { PartName, Seen } from './parts.ts'

/** Looks at a part. A rejection or no answer in time means that it does not answer. */
export type Look = (signal: AbortSignal) => Promise<Seen>

/** What the gateway asks of the servers that it uses itself. Each rejects when its server does not answer. */
export interface Servers {
  /** Returns the version of MongoDB. */
  askMongo: () => Promise<string>
  pingKafka: () => Promise<unknown>
  /** Why the gateway cannot read the events now; undefined while it reads them. */
  eventsTrouble: () => string | undefined
}

const well: Seen = { state: 'ok', troubles: {} }

/** Makes the looks at all parts. */
export const looksAt = (
  addresses: Addresses,
  { askMongo, pingKafka, eventsTrouble }: Servers,
): Record<PartName, Look> => ({
  gateway: async () => {
    const trouble = eventsTrouble()
    const seen: Seen = trouble === undefined ? well : { state: 'not ready', troubles: { events: trouble } }
    return { ...seen, version }
  },
  tasks: readiness(addresses.tasks),
  reporting: readiness(addresses.reporting),
  scheduler: readiness(addresses.scheduler),
  kafka: async () => {
    await pingKafka()
    return well
  },
  mongodb: async () => ({ ...well, version: await askMongo() }),
})

/** Asks a service whether it is ready. With several processes of the service, one of them answers. */
function readiness(origin: string): Look {
  return async signal => {
    const answer = await fetch(`${origin}/health/ready`, { signal })
    const health = (await answer.json()) as Omit<Seen, 'state'> & { status: 'ok' | 'not ready' }
    const { status, troubles, version, consumers } = health
    return { state: status, troubles, version, consumers }
  }
}
