import type { Addresses } from '../services.ts'
import type { PartName, Seen } from './parts.ts'

/** Looks at a part. A rejection or no answer in time means that it does not answer. */
export type Look = (signal: AbortSignal) => Promise<Seen>

/** What the gateway asks of the servers that it uses itself. Each rejects when its server does not answer. */
export interface Servers {
  pingMongo: () => Promise<unknown>
  pingKafka: () => Promise<unknown>
  /** Why the gateway cannot read the events now; undefined while it reads them. */
  eventsTrouble: () => string | undefined
}

const well: Seen = { state: 'ok', troubles: {} }

/** Makes the looks at all parts. */
export const looksAt = (
  addresses: Addresses,
  { pingMongo, pingKafka, eventsTrouble }: Servers,
): Record<PartName, Look> => ({
  gateway: async () => {
    const trouble = eventsTrouble()
    return trouble === undefined ? well : { state: 'not ready', troubles: { events: trouble } }
  },
  tasks: readiness(addresses.tasks),
  reporting: readiness(addresses.reporting),
  scheduler: readiness(addresses.scheduler),
  kafka: async () => {
    await pingKafka()
    return well
  },
  mongodb: async () => {
    await pingMongo()
    return well
  },
})

/** Asks a service whether it is ready. With several processes of the service, one of them answers. */
function readiness(origin: string): Look {
  return async signal => {
    const answer = await fetch(`${origin}/health/ready`, { signal })
    const { status, troubles, consumers } = (await answer.json()) as {
      status: 'ok' | 'not ready'
      troubles: Record<string, string>
      consumers?: unknown[]
    }
    return { state: status, troubles, ...(consumers && { consumers }) }
  }
}
