// `npm run bench:jobs [jobs for tomorrow [tiny jobs]]` measures background jobs: how many tiny jobs a scheduler and a worker
// finish each second, what each of them costs, how long a job takes from its request to its handler, and whether jobs for
// tomorrow change the first figure. Without arguments it adds 20,000 tiny jobs, and 1,000,000 jobs for tomorrow. The reference
// is a plain Kafka topic with the same number of records, written and read in the same run by kafkajs alone: no job system on
// Kafka can be faster.
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AUTH_SECRET, client, spawnProgram, startService, token } from '@daybook/shared/testing'
import kafkajs from 'kafkajs'
import mongoose from 'mongoose'
import { CACHE } from '../deploy/local/paths.ts'
import { testServers } from '../deploy/local/stack/test-servers.ts'
import { cpuOf } from './processes.ts'

const TOMORROW = Number(process.argv[2] ?? 1_000_000)
const JOBS = Number(process.argv[3] ?? 20_000)
const SINGLE = 500
const PAUSE_MS = 20

const dir = await mkdtemp(join(tmpdir(), 'daybook-jobs-'))
const servers = testServers()
const options = { env: process.env, cache: CACHE, report: (line: string) => console.error(line) }
const kafka = await servers.startKafka({ ...options, dir: join(dir, 'kafka') })
const mongo = await servers.startMongo({ ...options, dir: join(dir, 'mongo') })
const db = await mongoose.createConnection(mongo.uri, { dbName: 'daybook' }).asPromise()
const jobs = db.collection<{ _id: string }>('jobs')
const closing: (() => unknown)[] = []
const scope = { teardown: (end: () => unknown) => void closing.push(end), comment: () => undefined }
const env = {
  KAFKA_BROKERS: kafka.brokers.join(','),
  MONGODB_URI: mongo.uri,
  TIME_ZONES: 'UTC',
  PORT: '0',
  AUTH_SECRET,
}

type Api = ReturnType<typeof client>

/** Whether a job waits to be sent or is in hand. Both answers come from small indexes, however many jobs are stored. */
async function isAnyOpen(): Promise<boolean> {
  const ready = await jobs.findOne({ state: 'ready' }, { hint: 'ready' })
  return ready !== null || (await jobs.findOne({ worker: { $exists: true } }, { hint: 'inHand' })) !== null
}

/** Adds tiny jobs and waits until they have ended. @returns the jobs per second from the first request to the last outcome */
async function throughput(api: Api): Promise<number> {
  const batch = { jobs: Array.from({ length: 1000 }, () => ({ kind: 'nothing' })) }
  const began = performance.now()
  for (let added = 0; added < JOBS; added += 1000) {
    const { status } = await api('/jobs/batch', { body: batch })
    if (status !== 202) throw new Error(`POST /jobs/batch answered ${status}`)
  }
  while (await isAnyOpen()) await sleep(20)
  return JOBS / ((performance.now() - began) / 1000)
}

/** Adds single jobs to an idle stack. @returns the milliseconds from each request to its handler, in ascending order */
async function latencies(api: Api): Promise<number[]> {
  const found: number[] = []
  for (let i = 0; i < SINGLE; i += 1) {
    const began = Date.now()
    const { body } = await api<{ result: number }>('/jobs', {
      body: { kind: 'nothing' },
      headers: { prefer: 'wait=30' },
    })
    found.push(body.result - began)
    await sleep(PAUSE_MS)
  }
  return found.sort((a, b) => a - b)
}

/** Writes and reads a plain topic. @returns the records per second */
async function reference(): Promise<number> {
  const { Kafka, logLevel } = kafkajs
  const plain = new Kafka({ brokers: kafka.brokers, logLevel: logLevel.NOTHING })
  const [producer, consumer] = [plain.producer(), plain.consumer({ groupId: 'reference' })]
  await Promise.all([producer.connect(), consumer.connect()])
  let read = 0
  await consumer.subscribe({ topic: 'reference', fromBeginning: true })
  await consumer.run({
    eachBatch: async ({ batch }) => {
      read += batch.messages.length
    },
  })
  const messages = Array.from({ length: 100 }, (_, i) => ({
    key: String(i),
    value: '{"kind":"nothing","data":null}',
  }))
  const began = performance.now()
  for (let sent = 0; sent < JOBS; sent += messages.length)
    await producer.send({ topic: 'reference', messages, acks: -1 })
  while (read < JOBS) await sleep(5)
  const rate = JOBS / ((performance.now() - began) / 1000)
  await Promise.all([producer.disconnect(), consumer.disconnect()])
  return rate
}

/** Stores copies of a delayed job, due tomorrow. */
async function addForTomorrow(api: Api): Promise<void> {
  const { body } = await api<{ id: string }>('/jobs', { body: { kind: 'nothing', in: 'P1D' } })
  const model = await jobs.findOne({ _id: body.id })
  if (model === null) throw new Error('the delayed job is not stored')
  for (let n = 0; n < TOMORROW; n += 1000) {
    await jobs.insertMany(
      Array.from({ length: 1000 }, (_, i) => ({ ...model, _id: `tomorrow-${n + i}` })),
      { ordered: false },
    )
  }
}

try {
  const { url } = await startService(scope, 'scheduler', env)
  const worker = spawnProgram(scope, join(import.meta.dirname, 'jobs-worker.ts'), { env })
  worker.process.stdout.resume()
  worker.process.stderr.pipe(process.stderr)
  const api = client(url, await token('bench', { admin: true }))
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, Kafka, MongoDB, one scheduler, one worker`,
  )
  const admin = new kafkajs.Kafka({ brokers: kafka.brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic: 'reference', numPartitions: 6 }] })
  await admin.disconnect()
  await api('/kinds/nothing', { method: 'PUT', body: { lane: 'bench' } })
  await api('/jobs', { body: { kind: 'nothing' }, headers: { prefer: 'wait=60' } })

  const times = await latencies(api)
  const at = (share: number) => times[Math.floor(times.length * share)]
  console.log(
    `from the request to the handler: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, of ${SINGLE} jobs on an idle stack`,
  )
  const plain = await reference()
  let alone = 0
  const used = await cpuOf(async () => {
    alone = await throughput(api)
  })
  const share = (alone / plain).toFixed(3)
  console.log(
    `tiny jobs: ${alone.toFixed(0)}/s; a plain topic: ${plain.toFixed(0)} records/s; ratio ${share}`,
  )
  const cost = ([name, seconds]: [string, number]) => `${name} ${((seconds * 1e6) / JOBS).toFixed(0)} us`
  const costs = [...used].filter(([, seconds]) => seconds > 0.1).map(cost)
  console.log(`CPU time of each tiny job: ${costs.join(', ')}`)
  await addForTomorrow(api)
  const beside = await throughput(api)
  console.log(
    `beside ${TOMORROW} jobs for tomorrow: ${beside.toFixed(0)}/s; ratio ${(beside / alone).toFixed(2)}`,
  )
} finally {
  await Promise.all(closing.map(end => end()))
  await db.close()
  await Promise.all([kafka.stop(), mongo.stop()])
  await rm(dir, { recursive: true })
}
