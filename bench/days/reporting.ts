import { setTimeout as sleep } from 'node:timers/promises'
import {
  type ClockEvent,
  endOfDayEvent,
  keyOf,
  type ReportEvent,
  tasksPublishedEvent,
  toMessage,
  topics,
} from '@daybook/shared/events'
import { endOfDay } from '@daybook/shared/time/days'
import kafkajs, { type Consumer, type Kafka } from 'kafkajs'
import mongoose from 'mongoose'
import type { Bench } from '../harness/benchmark.ts'
import { DAY, TIME_ZONE } from './completions.ts'

const POLL_MS = 50

/** What a run of reporting works on. */
export interface Reporting {
  /** The database; it has the completions, and everything else in it is removed. */
  database: string
  /** The folder of the log files, which does not exist yet. */
  dir: string
  taskFiles: boolean
  processes: number
}

/** Reporting as other teams see it: events in, files and events out. */
export interface DayBench {
  /** Starts processes of reporting that have not reported anything yet, and waits until they are ready. */
  start: (reporting: Reporting) => Promise<{ stop: () => Promise<unknown> }>
  /** Ends the day, and waits until it is reported. @returns the seconds */
  report: () => Promise<number>
  /** Waits until an event of daybook.reports since `began` (milliseconds since the epoch) meets a condition. */
  until: (began: number, isMet: (event: Pick<ReportEvent, 'type' | 'data'>) => boolean) => Promise<void>
  kafka: Kafka
}

/** Connects to the Kafka of a benchmark, and reads daybook.reports. */
export async function openDayBench(bench: Bench): Promise<DayBench> {
  const { brokers } = await bench.kafka()
  const kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING })
  await createTopics(kafka)
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  await producer.connect()
  const consumer = kafka.consumer({ groupId: 'bench-reports', maxWaitTimeInMs: 1000 })
  bench.defer(() => Promise.all([producer.disconnect(), consumer.disconnect()]))
  const until = await watchReports(consumer)
  return {
    kafka,
    until,
    start: reporting => startReporting(bench, reporting),
    async report() {
      const events = await endOfDayEvents(kafka)
      const began = Date.now()
      const reported = until(began, ({ type }) => type === 'DayReported')
      const messages = events.map(event => toMessage(event, keyOf.clock(event)))
      await producer.send({ topic: topics.clock.name, messages })
      await reported
      return (Date.now() - began) / 1000
    },
  }
}

/** The end of the day as the scheduler tells it, and where daybook.tasks ends, as tasks does. */
async function endOfDayEvents(kafka: Kafka): Promise<ClockEvent[]> {
  const admin = kafka.admin()
  await admin.connect()
  const ends = await admin.fetchTopicOffsets(topics.tasks.name)
  await admin.disconnect()
  const offsets = ends.filter(({ low, high }) => low !== high).map(({ partition, high }) => [partition, high])
  const endedAt = endOfDay(DAY, TIME_ZONE)
  return [
    endOfDayEvent(DAY, TIME_ZONE, endedAt, `end-of-day:${TIME_ZONE}`),
    tasksPublishedEvent(endedAt, Object.fromEntries(offsets)),
  ]
}

async function createTopics(kafka: Kafka): Promise<void> {
  const admin = kafka.admin()
  await admin.connect()
  const wanted = Object.values(topics).map(({ name: topic, partitions: numPartitions, settings }) => {
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }))
    return { topic, numPartitions, configEntries }
  })
  await admin.createTopics({ topics: wanted, waitForLeaders: true })
  await admin.disconnect()
}

async function watchReports(consumer: Consumer): Promise<DayBench['until']> {
  let watch: (at: number, event: Pick<ReportEvent, 'type' | 'data'>) => void = () => {}
  await consumer.connect()
  await consumer.subscribe({ topic: topics.reports.name, fromBeginning: true })
  await consumer.run({
    async eachMessage({ message: { value, headers } }) {
      const event = { type: String(headers?.ce_type), data: JSON.parse(String(value)) } as ReportEvent
      watch(Date.parse(String(headers?.ce_time)), event)
    },
  })
  return (began, isMet) =>
    new Promise(resolve => {
      watch = (at, event) => void (at >= began && isMet(event) && resolve())
    })
}

async function startReporting(bench: Bench, { database, dir, taskFiles, processes }: Reporting) {
  const { uri } = await bench.mongo()
  await removeReports(uri, database)
  const env = { MONGODB_DATABASE: database, LOG_DIR: dir, TASK_FILES: String(taskFiles) }
  const started = await Promise.all(Array.from({ length: processes }, () => bench.start('reporting', env)))
  for (const { url } of started) while (!(await fetch(`${url}/health/ready`)).ok) await sleep(POLL_MS)
  return { stop: () => Promise.all(started.map(({ stop }) => stop())) }
}

/** Removes what reporting has stored, apart from the completions. */
async function removeReports(uri: string, database: string): Promise<void> {
  const client = await new mongoose.mongo.MongoClient(uri).connect()
  const collections = await client.db(database).collections()
  for (const collection of collections)
    if (collection.collectionName !== 'completions') await collection.drop()
  await client.close()
}
