import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeStack, type Stack } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { startKafka } from '../../deploy/local/kafka.ts'
import { startMongo } from '../../deploy/local/mongo.ts'
import type { Embedded } from '../../deploy/local/start-options.ts'

const CACHE = join(import.meta.dirname, '..', '..', '.daybook')

/** A stack of which one server is the test's own. */
export interface OwnServer {
  stack: Stack
  /** Ends the server as a crash would. */
  kill: () => Promise<void>
  /** Starts it again in its place, with what it kept. */
  restart: () => Promise<void>
}

/** A stack on a Kafka of its own. */
export async function withOwnKafka(t: Test): Promise<OwnServer> {
  const { server, kill, restart } = await ownServer(t, startKafka)
  return { stack: await makeStack(t, { KAFKA_BROKERS: `127.0.0.1:${server.port}` }), kill, restart }
}

/** A stack on a MongoDB of its own. */
export async function withOwnMongo(t: Test): Promise<OwnServer> {
  const { server, kill, restart } = await ownServer(t, startMongo)
  return { stack: await makeStack(t, { MONGODB_URI: server.uri }), kill, restart }
}

type Start<Server extends Embedded> = (options: Parameters<typeof startKafka>[0]) => Promise<Server>

async function ownServer<Server extends Embedded>(t: Test, start: Start<Server>) {
  const dir = await mkdtemp(join(tmpdir(), 'daybook-server-'))
  const report = (line: string) => t.comment(line)
  const options = { env: process.env, dir, cache: CACHE, report }
  const server = await start(options)
  let running: Embedded = server
  t.teardown(async () => {
    await running.kill()
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
