import { createRequire } from 'node:module'
import { refusalIn } from '../failures/authorization.ts'

interface BrokerPool {
  withBroker<T>(ask: (found: unknown) => Promise<T>): Promise<T | null>
}

/**
 * Throws the refusal for a missing right when brokers refuse to name a group's coordinator or to send metadata. kafkajs
 * 2.2.4 asks every broker and drops their errors. Then it reports that there is no coordinator, or reads a property of null.
 */
export function keepRefusals(): void {
  const require = createRequire(import.meta.url)
  const pool = require('kafkajs/src/cluster/brokerPool') as { prototype: BrokerPool }
  const withBroker = pool.prototype.withBroker
  pool.prototype.withBroker = async function <T>(this: BrokerPool, ask: (found: unknown) => Promise<T>) {
    let refusal: Error | undefined
    const askAndKeep = (found: unknown) =>
      ask(found).catch((error: unknown) => {
        refusal = refusalIn(error) ?? refusal
        throw error
      })
    const answer = await withBroker.call(this, askAndKeep)
    if (answer === null && refusal !== undefined) throw refusal
    return answer as T | null
  }
}
