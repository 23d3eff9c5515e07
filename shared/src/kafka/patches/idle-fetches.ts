import { createRequire } from 'node:module'
import type { Socket } from 'node:net'

interface Connection {
  socket?: Socket
  chunks: Buffer[]
  bytesBuffered: number
  bytesNeeded: number
}

interface Broker {
  connectionPool: { pool: Connection[] }
  fetch(request: { maxWaitTime: number }): Promise<unknown>
}

/** The part of a consumer in kafkajs that knows the brokers. */
export interface Brokers {
  cluster: { brokerPool: { brokers: Record<string, Broker> } }
}

// kafkajs has two connections to each broker. The second is only for fetches.
const FOR_FETCHES = 1
const LENGTH_BYTES = 4

// Milliseconds for which a broker waits for records.
const FETCH_MS = 20_000
// Milliseconds between two heartbeats of a fetch that waits; another one follows the fetch. A third of the ten seconds after which a member is lost.
const BEAT_MS = FETCH_MS / 6

/** For how many milliseconds a consumer sleeps that has nothing to fetch. As `maxWaitTimeInMs` it makes brokers wait longer. */
export const SLEEP_MS = 1000

/**
 * Lets brokers wait longer for records than a consumer sleeps that has no partition. kafkajs 2.2.4 has one setting for both, and
 * nothing ends that sleep.
 */
export function waitAtBrokers(): void {
  const require = createRequire(import.meta.url)
  const { prototype } = require('kafkajs/src/broker') as { prototype: Broker }
  const { fetch } = prototype
  prototype.fetch = function (this: Broker, request) {
    return fetch.call(
      this,
      request.maxWaitTime === SLEEP_MS ? { ...request, maxWaitTime: FETCH_MS } : request,
    )
  }
}

/**
 * Ends the fetches of a consumer that wait for records: they fail. A broker does not know how to end a fetch, and answers the next
 * one on the same connection only after it. So the connection is closed, and the next fetch opens another.
 */
export function endFetches({ cluster }: Brokers): void {
  for (const { connectionPool } of Object.values(cluster.brokerPool.brokers)) {
    const connection = connectionPool.pool[FOR_FETCHES]
    if (connection?.socket === undefined) continue
    connection.socket.destroy(new Error('the consumer does not wait for records any more'))
    // What has arrived of an answer would be read as the beginning of the next connection's first answer.
    Object.assign(connection, { chunks: [], bytesBuffered: 0, bytesNeeded: LENGTH_BYTES })
  }
}

/**
 * Sends heartbeats while a consumer fetches. kafkajs sends them only before and after.
 * @param fail receives the error of a heartbeat
 */
export async function whileBeating<Fetched>(
  { heartbeat, fail }: { heartbeat: () => Promise<void>; fail: (error: Error) => void },
  fetch: () => Promise<Fetched>,
): Promise<Fetched> {
  let beat: Promise<void> | undefined
  const timer = setInterval(() => {
    beat = heartbeat().catch(fail)
  }, BEAT_MS)
  try {
    return await fetch()
  } finally {
    clearInterval(timer)
    // Its error is about the present membership.
    await beat
  }
}
