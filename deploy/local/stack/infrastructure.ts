import { join } from 'node:path'
import { startKafka } from '../kafka/start-kafka.ts'
import { startMongo } from '../mongo/start-mongo.ts'
import { CACHE } from '../paths.ts'
import type { ServerFactory } from '../processes/server.ts'

export type InfrastructureOptions = {
  /** KAFKA_BROKERS (comma-separated) and MONGODB_URI, each if set, name a server that runs, and that stays running. */
  env: NodeJS.ProcessEnv
  /** How those that it does not name are started; embedded, if not given. */
  servers?: ServerFactory
  /** Where the embedded servers keep their data: the same directory later, the same data. */
  dir: string
  /** Undefined or 0: a free one. */
  kafkaPort?: number | undefined
  mongoPort?: number | undefined
  /** Takes lines for a person: what is being waited for, what is ready and where, what ended by itself. */
  report: (line: string) => void
  /** Aborted: opening ends with the signal's reason and nothing is left running. */
  signal?: AbortSignal | undefined
}

export type Infrastructure = {
  brokers: string[]
  mongoUri: string
  /** Stops what was started here, in order and by force after a while. Called again, it answers the same promise. */
  stop(): Promise<void>
}

type Opened<T> = { value: T; stop(): Promise<void> }

export const embedded: ServerFactory = { startKafka, startMongo }

/**
 * Finds or starts the Kafka and the MongoDB that a local stack or a test run uses: those that the environment names,
 * else those that `servers` starts. Both start side by side.
 * Rejects with a SetupError, leaving nothing running, when one can't be started here; its message says what to do.
 */
export async function openInfrastructure(options: InfrastructureOptions): Promise<Infrastructure> {
  const failed = new AbortController()
  const signal = AbortSignal.any([failed.signal, ...(options.signal ? [options.signal] : [])])
  const stopOthers = (error: unknown) => {
    failed.abort(error)
    throw error
  }
  const [kafka, mongo] = await Promise.allSettled([
    openKafka({ ...options, signal }).catch(stopOthers),
    openMongo({ ...options, signal }).catch(stopOthers),
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
  return { brokers: kafka.value.value, mongoUri: mongo.value.value, stop }
}

async function openKafka(options: InfrastructureOptions): Promise<Opened<string[]>> {
  const named = options.env.KAFKA_BROKERS?.split(',').map(broker => broker.trim())
  const brokers = named?.filter(broker => broker !== '') ?? []
  if (brokers.length > 0) {
    options.report('Kafka: the one that KAFKA_BROKERS names')
    return { value: brokers, stop: async () => {} }
  }
  const { dir, kafkaPort, servers = embedded } = options
  const kafka = await servers.startKafka({
    ...options,
    dir: join(dir, 'kafka'),
    cache: CACHE,
    port: kafkaPort,
  })
  return { value: kafka.brokers, stop: kafka.stop }
}

async function openMongo(options: InfrastructureOptions): Promise<Opened<string>> {
  const named = options.env.MONGODB_URI?.trim()
  if (named) {
    options.report('MongoDB: the one that MONGODB_URI names')
    return { value: named, stop: async () => {} }
  }
  const { dir, mongoPort, servers = embedded } = options
  const mongo = await servers.startMongo({
    ...options,
    dir: join(dir, 'mongo'),
    cache: CACHE,
    port: mongoPort,
  })
  return { value: mongo.uri, stop: mongo.stop }
}
