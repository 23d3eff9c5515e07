import { join } from 'node:path'
import { startKafka } from '../kafka/start-kafka.ts'
import { startMongo } from '../mongo/start-mongo.ts'
import { CACHE } from '../paths.ts'
import type { ServerFactory } from '../processes/server.ts'

export type InfrastructureOptions = {
  /**
   * KAFKA_BROKERS (comma-separated) and MONGODB_URI name running servers to use, if set. `stop` leaves these servers
   * running.
   */
  env: NodeJS.ProcessEnv
  /** Starts the servers that the environment does not name; embedded servers by default. */
  servers?: ServerFactory
  /** The folder of the servers' data. A later start with the same folder uses the data again. */
  dir: string
  /** The ports to listen on; undefined or 0 chooses a free port. */
  kafkaPort?: number | undefined
  mongoPort?: number | undefined
  /** Receives progress lines for a person: what the start waits for, what is ready and where, what ended by itself. */
  report: (line: string) => void
  /** An abort makes opening reject with the signal's reason and leaves nothing running. */
  signal?: AbortSignal | undefined
}

export type Infrastructure = {
  brokers: string[]
  mongoUri: string
  /** Stops the servers that were started here, by force after a deadline. All calls return the same promise. */
  stop(): Promise<void>
}

/** Starts Kafka and MongoDB as child processes, without containers. */
export const embeddedServers: ServerFactory = { startKafka, startMongo }

/**
 * Provides the Kafka and the MongoDB of a local stack or a test run. It uses the servers that the environment names, and
 * starts the others with `servers`, both at the same time.
 * @throws SetupError, leaving nothing running, when a server cannot be started; the message says what to do
 */
export async function openInfrastructure(options: InfrastructureOptions): Promise<Infrastructure> {
  const failed = new AbortController()
  const signal = AbortSignal.any([failed.signal, ...(options.signal ? [options.signal] : [])])
  const stopOthers = (error: unknown) => {
    failed.abort(error)
    throw error
  }
  const [kafka, mongo] = await Promise.allSettled([
    openKafka(options, signal).catch(stopOthers),
    openMongo(options, signal).catch(stopOthers),
  ])
  const stopAll = async () => {
    await Promise.all([kafka, mongo].map(one => one.status === 'fulfilled' && one.value.stop()))
  }
  if (kafka.status === 'rejected' || mongo.status === 'rejected') {
    await stopAll()
    throw signal.reason
  }
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= stopAll()
    return stopping
  }
  return { brokers: kafka.value.brokers, mongoUri: mongo.value.uri, stop }
}

async function openKafka(options: InfrastructureOptions, signal: AbortSignal) {
  const { env, dir, kafkaPort: port, report, servers = embeddedServers } = options
  const named = env.KAFKA_BROKERS?.split(',').map(broker => broker.trim())
  const brokers = named?.filter(broker => broker !== '') ?? []
  if (brokers.length > 0) return { brokers, ...running('Kafka', 'KAFKA_BROKERS', report) }
  return servers.startKafka({ env, dir: join(dir, 'kafka'), cache: CACHE, port, report, signal })
}

async function openMongo(options: InfrastructureOptions, signal: AbortSignal) {
  const { env, dir, mongoPort: port, report, servers = embeddedServers } = options
  const uri = env.MONGODB_URI?.trim()
  if (uri) return { uri, ...running('MongoDB', 'MONGODB_URI', report) }
  return servers.startMongo({ env, dir: join(dir, 'mongo'), cache: CACHE, port, report, signal })
}

/** Reports that a server of the environment is used. It was not started here, so `stop` leaves it running. */
function running(name: string, setting: string, report: (line: string) => void) {
  report(`${name}: using the server that ${setting} names`)
  return { stop: async () => {} }
}
