import kafkajs from 'kafkajs'
import mongoose from 'mongoose'
import type { Bench, Benchmark } from '../harness/benchmark.ts'
import { produceCompletions } from '../harness/produce-completions.ts'
import { startReference } from '../harness/references.ts'
import { timeOfInserts } from '../harness/time-of-inserts.ts'

const { Kafka, logLevel } = kafkajs
const EVENTS = 200_000
const USERS = 10_000
const REFERENCE = 'plain kafkajs consumer'

export const benchmark: Benchmark = {
  name: 'project',
  work: '200,000 TaskCompleted of 10,000 users, which wait in Kafka, become documents of the projection: one process.',
  rounds: 3,
  goals: [{ figure: 'events/s', against: REFERENCE, atLeast: 0.9 }],
  async subjects(bench) {
    const count = bench.scaled(EVENTS)
    const { brokers } = await bench.kafka()
    const { uri } = await bench.mongo()
    bench.report(`producing ${count} events`)
    await produceCompletions(brokers, { count, users: USERS, day: '2026-03-14' })
    const db = await mongoose.createConnection(uri).asPromise()
    bench.defer(() => db.close())
    let round = 0
    /** Runs one consumer on an empty database, and measures from its first document to its last. */
    const measure = async (collection: string, start: (database: string) => Promise<Stoppable>) => {
      const database = `project-${round++}`
      const consumer = await start(database)
      const seconds = await timeOfInserts(db.useDb(database).collection(collection), count)
      await consumer.stop()
      await db.useDb(database).dropDatabase()
      return { 'events/s': count / seconds }
    }
    return [
      {
        name: 'Daybook',
        run: () => measure('completions', database => startReporting(bench, brokers, database)),
      },
      {
        name: REFERENCE,
        does: 'inserts the same documents, with the same indexes, in batches of 500 with `j: true`, and commits the offsets; it validates nothing and cannot take an event twice',
        run: () =>
          measure('completions', async database =>
            startReference(bench, 'project', { brokers, uri, database, group: database }),
          ),
      },
    ]
  },
}

interface Stoppable {
  stop: () => Promise<unknown>
}

/** Starts reporting as if it had not read anything before. */
async function startReporting(bench: Bench, brokers: string[], database: string): Promise<Stoppable> {
  const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  const groups = (await admin.listGroups()).groups.map(({ groupId }) => groupId)
  await admin.deleteGroups(groups.filter(id => id.startsWith('reporting-')))
  await admin.disconnect()
  return bench.start('reporting', { MONGODB_DATABASE: database })
}
