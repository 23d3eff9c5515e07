// `npm run bench:outbox [events]`: starts Kafka, MongoDB and the three services, stops Kafka under full load until that many
// events wait in the outbox (50,000 if not given), starts it again, and prints how fast they are published: while the load
// goes on, and then, after a second outage, without load.
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AUTH_SECRET, startService, token } from '@daybook/shared/testing'
import mongoose from 'mongoose'
import { CACHE } from '../deploy/local/paths.ts'
import { testServers } from '../deploy/local/stack/test-servers.ts'

const BACKLOG = Number(process.argv[2] ?? 50_000)
const PEOPLE = 64
const MEASURE = 15_000
const GIVE_UP = 300_000

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

/** A person who writes tasks down and completes them, one command after the other, for as long as there is load. */
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

/** Events that wait to be published. */
const waiting = () => db.collection('events').countDocuments({ published: false }, { hint: 'unpublished' })

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + GIVE_UP
  while (Date.now() < end) {
    if (await isSo()) return
    await sleep(100)
  }
  throw new Error(`${await waiting()} events still wait after ${GIVE_UP / 1000} s`)
}

/** Stops Kafka until the backlog is there, then starts it. */
async function outage(): Promise<void> {
  await kafka.kill()
  await until(async () => (await waiting()) >= BACKLOG)
}

/** What is published and what is stored in a second, from the end of an outage until no more than `rest` events wait. */
async function drain(rest: number): Promise<{ published: number; stored: number; backlog: number }> {
  kafka = await servers.startKafka({ ...kafkaOptions, port: kafka.port })
  const [backlog, before, began] = [await waiting(), answered, performance.now()]
  await until(async () => (await waiting()) <= rest)
  const seconds = (performance.now() - began) / 1000
  const stored = answered - before
  return { backlog, published: (backlog - (await waiting()) + stored) / seconds, stored: stored / seconds }
}

try {
  const [{ url }] = await Promise.all([start('tasks'), start('reporting'), start('scheduler')])
  const bearers = await Promise.all(Array.from({ length: PEOPLE }, (_, i) => token(`person-${i}`)))
  const load = () => {
    isLoaded = true
    return Promise.all(bearers.map(bearer => work(url, bearer)))
  }
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, the whole stack on one machine`,
  )
  const loading = load()
  await sleep(MEASURE / 3)
  const before = answered
  await sleep(MEASURE)
  const full = (answered - before) / (MEASURE / 1000)
  console.log(`full load: ${full.toFixed(0)} events/s`)

  const times = (rate: number) => `${rate.toFixed(0)} events/s, ${(rate / full).toFixed(1)} times full load`
  await outage()
  const loaded = await drain(5000)
  console.log(
    `under load ${loaded.backlog} waiting events and ${loaded.stored.toFixed(0)} new ones a second are published at ` +
      times(loaded.published),
  )

  await outage()
  isLoaded = false
  await loading
  const alone = await drain(0)
  console.log(`without load ${alone.backlog} waiting events are published at ${times(alone.published)}`)
} finally {
  isLoaded = false
  await Promise.all(closing.map(end => end()))
  await db.close()
  await Promise.all([kafka.stop(), mongo.stop()])
  await rm(dir, { recursive: true })
}
