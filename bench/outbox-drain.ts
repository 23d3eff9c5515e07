// `npm run bench:outbox [events]` measures how fast an outbox is published after an outage of Kafka. It starts Kafka, MongoDB and
// the three services, stops Kafka under full load until the given number of events (default: 50,000) wait to be published,
// and starts Kafka again. It measures twice: while the load continues, and after a second outage without load.
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AUTH_SECRET, startService, token } from '@daybook/shared/testing'
import mongoose from 'mongoose'
import { CACHE } from '../deploy/local/paths.ts'
import { testServers } from '../deploy/local/stack/test-servers.ts'

const BACKLOG = Number(process.argv[2] ?? 50_000)
const USERS = 64
const MEASURE_MS = 15_000
const GIVE_UP_MS = 300_000

const dir = await mkdtemp(join(tmpdir(), 'daybook-outbox-'))
const servers = testServers()
const options = { env: process.env, cache: CACHE, report: (line: string) => console.error(line) }
const kafkaOptions = { ...options, dir: join(dir, 'kafka') }
let kafka = await servers.startKafka(kafkaOptions)
const mongo = await servers.startMongo({ ...options, dir: join(dir, 'mongo') })
const db = await mongoose.createConnection(mongo.uri, { dbName: 'daybook' }).asPromise()
const closing: (() => unknown)[] = []
let answered = 0
let isLoaded = false

const start = (name: 'tasks' | 'reporting' | 'scheduler') =>
  startService({ teardown: end => void closing.push(end), comment: () => undefined }, name, {
    KAFKA_BROKERS: kafka.brokers.join(','),
    MONGODB_URI: mongo.uri,
    LOG_DIR: join(dir, 'logs'),
    PORT: '0',
    AUTH_SECRET,
  })

/** Acts as one user: creates and completes tasks, one command at a time, until the load ends. */
async function work(url: string, bearer: string): Promise<void> {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }
  const command = async (path: string, body?: string) => {
    const answer = await fetch(url + path, { method: 'POST', headers, ...(body ? { body } : {}) })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    answered += 1
    return (await answer.json()) as { id: string }
  }
  while (isLoaded) {
    const { id } = await command('/tasks', JSON.stringify({ name: 'Water the plants' }))
    await command(`/tasks/${id}/complete`, '{}')
  }
}

/** Counts the events that wait to be published. */
const waiting = () => db.collection('events').countDocuments({ published: false }, { hint: 'unpublished' })

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + GIVE_UP_MS
  while (Date.now() < end) {
    if (await isTrue()) return
    await sleep(100)
  }
  throw new Error(`Timed out after ${GIVE_UP_MS / 1000} s: ${await waiting()} events wait to be published`)
}

/** Stops Kafka and waits until BACKLOG events wait to be published. */
async function outage(): Promise<void> {
  await kafka.kill()
  await until(async () => (await waiting()) >= BACKLOG)
}

/**
 * Starts Kafka and waits until at most `rest` events wait to be published.
 * @returns the events that waited at the start, and the events published and stored each second from then on
 */
async function drain(rest: number): Promise<{ backlog: number; published: number; stored: number }> {
  kafka = await servers.startKafka({ ...kafkaOptions, port: kafka.port })
  const [backlog, before, began] = [await waiting(), answered, performance.now()]
  await until(async () => (await waiting()) <= rest)
  const seconds = (performance.now() - began) / 1000
  const stored = answered - before
  return { backlog, published: (backlog - (await waiting()) + stored) / seconds, stored: stored / seconds }
}

try {
  const [{ url }] = await Promise.all([start('tasks'), start('reporting'), start('scheduler')])
  const bearers = await Promise.all(Array.from({ length: USERS }, (_, i) => token(`user-${i}`)))
  const load = () => {
    isLoaded = true
    return Promise.all(bearers.map(bearer => work(url, bearer)))
  }
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, the whole stack on one machine`,
  )
  const loading = load()
  await sleep(MEASURE_MS / 3)
  const before = answered
  await sleep(MEASURE_MS)
  const full = (answered - before) / (MEASURE_MS / 1000)
  console.log(`full load: ${full.toFixed(0)} events/s`)

  const times = (rate: number) => `${rate.toFixed(0)} events/s, ${(rate / full).toFixed(1)} times full load`
  await outage()
  const loaded = await drain(5000)
  console.log(
    `under load: ${loaded.backlog} events waited and ${loaded.stored.toFixed(0)} events/s were added; published ` +
      times(loaded.published),
  )

  await outage()
  isLoaded = false
  await loading
  const alone = await drain(0)
  console.log(`without load: ${alone.backlog} events waited; published ${times(alone.published)}`)
} finally {
  isLoaded = false
  await Promise.all(closing.map(end => end()))
  await db.close()
  await Promise.all([kafka.stop(), mongo.stop()])
  await rm(dir, { recursive: true })
}
