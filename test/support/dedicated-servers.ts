import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeStack, type Stack } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { CACHE } from '../../deploy/local/paths.ts'
import type { Server, ServerOptions } from '../../deploy/local/processes/server.ts'
import { testServers } from '../../deploy/local/stack/test-servers.ts'

/** A server that no other test uses. */
export interface Restartable {
  /** Kills the server as a crash would. */
  kill: () => Promise<void>
  /** Starts the server again with the same port and data. */
  restart: () => Promise<void>
}

/** A stack with a Kafka or a MongoDB that no other test uses. */
export interface DedicatedServer extends Restartable {
  stack: Stack
}

const { startKafka, startMongo } = testServers()

/** Makes a stack with a dedicated Kafka. */
export async function stackWithDedicatedKafka(t: Test): Promise<DedicatedServer> {
  const { server, kill, restart } = await dedicatedServer(t, startKafka)
  return { stack: await makeStack(t, { KAFKA_BROKERS: server.brokers.join(',') }), kill, restart }
}

/** Makes a stack with a dedicated MongoDB. */
export async function stackWithDedicatedMongo(t: Test): Promise<DedicatedServer> {
  const { server, kill, restart } = await dedicatedServer(t, startMongo)
  return { stack: await makeStack(t, { MONGODB_URI: server.uri }), kill, restart }
}

/** Makes a stack with a dedicated Kafka and a dedicated MongoDB. */
export async function stackWithDedicatedServers(
  t: Test,
): Promise<{ stack: Stack; kafka: Restartable; mongo: Restartable }> {
  const [kafka, mongo] = await Promise.all([dedicatedServer(t, startKafka), dedicatedServer(t, startMongo)])
  const addresses = { KAFKA_BROKERS: kafka.server.brokers.join(','), MONGODB_URI: mongo.server.uri }
  return { stack: await makeStack(t, addresses), kafka, mongo }
}

type Start<Started extends Server> = (options: ServerOptions) => Promise<Started>

async function dedicatedServer<Started extends Server>(t: Test, start: Start<Started>) {
  const dir = await mkdtemp(join(tmpdir(), 'daybook-server-'))
  const report = (line: string) => t.comment(line)
  const options = { env: process.env, dir, cache: CACHE, report }
  const server = await start(options)
  let running: Server = server
  t.teardown(async () => {
    // Kill the server first: an orderly stop takes time, and its data are no longer needed.
    await running.kill()
    await running.stop()
    rmSync(dir, { recursive: true, force: true })
  })
  return {
    server,
    kill: () => running.kill(),
    async restart() {
      running = await start({ ...options, port: server.port })
    },
  }
}
