import { join } from 'node:path'
import { keyOf, type TaskEventOf, toMessage, topics } from '@daybook/shared/events'
import kafkajs, { type Kafka } from 'kafkajs'
import { completions, DAY, fillProjection } from '../days/completions.ts'
import { newFolders, SameFiles } from '../days/files.ts'
import { type DayBench, openDayBench } from '../days/reporting.ts'
import type { Bench, Benchmark } from '../harness/benchmark.ts'

const USERS = 10_000
const BEFORE = 1
const LATE = 20
const TOGETHER = 'end of day with the same data'

export const benchmark: Benchmark = {
  name: 'late',
  work: 'A day with one completion of each of 10,000 users is reported. Then 200,000 more become visible in Kafka at once, until all files are correct, a file for each task included.',
  rounds: 2,
  goals: [{ figure: 'seconds', against: TOGETHER, atMost: 2 }],
  async subjects(bench) {
    const users = bench.scaled(USERS)
    const { uri } = await bench.mongo()
    await fillProjection(uri, 'together', completions(users, 0, users * (BEFORE + LATE)))
    const days = await openDayBench(bench)
    const [files, newFolder] = [new SameFiles(), newFolders(bench.dir)]
    const start = async (database: string) => {
      const dir = newFolder()
      const running = await days.start({ database, dir, taskFiles: true, processes: 1 })
      const seconds = await days.report()
      return { seconds, running, dir }
    }
    let round = 0
    return [
      {
        name: 'Daybook',
        async run() {
          const database = `late-${round++}`
          await fillProjection(uri, database, completions(users, 0, users * BEFORE))
          const { running, dir } = await start(database)
          const seconds = await addLate(bench, days, users)
          await running.stop()
          files.check('Daybook', join(dir, DAY))
          return { seconds }
        },
      },
      {
        name: TOGETHER,
        does: 'Daybook with all 210,000 completions before the end of the day, from EndOfDay to DayReported',
        async run() {
          const { running, dir, seconds } = await start('together')
          await running.stop()
          files.check(TOGETHER, join(dir, DAY))
          return { seconds }
        },
      },
    ]
  },
}

/** Publishes the late completions in one transaction, so that all become visible at once. @returns the seconds from then on */
async function addLate(bench: Bench, days: DayBench, users: number): Promise<number> {
  const correct = new Set<string>()
  const producer = await connectTransactional(days.kafka)
  const transaction = await producer.transaction()
  for (const batch of completions(users, users * BEFORE, users * (BEFORE + LATE)))
    await transaction.send({ topic: topics.tasks.name, messages: batch.map(messageOf) })
  bench.report(`${users * LATE} late completions are written to Kafka`)
  const began = Date.now()
  const amended = days.until(began, ({ type, data }) => {
    if (type === 'DayAmended' && 'userId' in data && data.completions === BEFORE + LATE)
      correct.add(data.userId)
    return correct.size === users
  })
  await transaction.commit()
  await amended
  await producer.disconnect()
  return (Date.now() - began) / 1000
}

async function connectTransactional(kafka: Kafka) {
  const createPartitioner = kafkajs.Partitioners.DefaultPartitioner
  const idempotent = { idempotent: true, maxInFlightRequests: 1 }
  const producer = kafka.producer({ createPartitioner, ...idempotent, transactionalId: 'bench-late' })
  await producer.connect()
  return producer
}

function messageOf(data: TaskEventOf<'TaskCompleted'>['data']) {
  const { taskId, completedAt: time } = data
  const event = {
    id: `${taskId}:2`,
    type: 'TaskCompleted',
    source: '/daybook/tasks',
    subject: taskId,
    time,
    data,
  } as const
  return toMessage(event, keyOf.tasks(event))
}
