import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import kafkajs from 'kafkajs'
import mongoose, { type Connection } from 'mongoose'
import type { Test } from 'tap'

export const AUTH_SECRET = 'the secret of the tests, 32 or more'

/** The names and the database of a test on the shared broker and MongoDB. */
export interface Stack {
  /** The environment of the stack's services. */
  env: Record<string, string>
  brokers: string[]
  prefix: string
  logDir: string
  /** A connection to the stack's database. */
  db: Connection
}

function given(name: string): string {
  const value = process.env[name]
  if (value) return value
  throw new Error(`${name} is not set: run the tests with npm test, which starts Kafka and MongoDB`)
}

/**
 * Makes a stack under unique names, so that test files can run concurrently. Its data are deleted when the test ends.
 * @param servers the addresses of other servers, for a test that kills a server
 */
export async function makeStack(
  t: Test,
  servers: { KAFKA_BROKERS?: string; MONGODB_URI?: string } = {},
): Promise<Stack> {
  const name = `t${randomBytes(6).toString('hex')}`
  const [brokers, uri, logDir] = [
    servers.KAFKA_BROKERS ?? given('KAFKA_BROKERS'),
    servers.MONGODB_URI ?? given('MONGODB_URI'),
    await mkdtemp(join(tmpdir(), 'daybook-logs-')),
  ]
  const db = await mongoose.createConnection(uri, { dbName: name }).asPromise()
  t.teardown(async () => {
    await db.dropDatabase()
    await db.close()
    await rm(logDir, { recursive: true })
    await deleteTopics(brokers.split(','), `${name}.`)
  })
  const env = {
    KAFKA_BROKERS: brokers,
    MONGODB_URI: uri,
    MONGODB_DATABASE: name,
    TOPIC_PREFIX: `${name}.`,
    LOG_DIR: logDir,
    LOG_LEVEL: 'info',
    PORT: '0',
    AUTH_SECRET,
  }
  return { env, brokers: brokers.split(','), prefix: `${name}.`, logDir, db }
}

async function deleteTopics(brokers: string[], prefix: string): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  const topics = (await admin.listTopics()).filter(topic => topic.startsWith(prefix))
  if (topics.length > 0) await admin.deleteTopics({ topics })
  await admin.disconnect()
}
