import { randomUUID } from 'node:crypto'
import { keyOf, type TaskEventOf, toMessage, topics } from '@daybook/shared/events'
import kafkajs from 'kafkajs'

const { Kafka, logLevel } = kafkajs
const BATCH = 1000

interface Completions {
  count: number
  /** The completions are of `user-0`, `user-1` … in turn. */
  users: number
  day: string
}

/** Puts TaskCompleted events on daybook.tasks, as tasks publishes them. It makes the topic. */
export async function produceCompletions(brokers: string[], completions: Completions): Promise<void> {
  const { count } = completions
  const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  await admin.connect()
  const { name: topic, partitions: numPartitions, settings } = topics.tasks
  const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }))
  await admin.createTopics({ topics: [{ topic, numPartitions, configEntries }], waitForLeaders: true })
  await admin.disconnect()
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  await producer.connect()
  for (let sent = 0; sent < count; sent += BATCH) {
    const events = Array.from({ length: Math.min(BATCH, count - sent) }, (_, i) =>
      completion(sent + i, completions),
    )
    await producer.send({ topic, messages: events.map(event => toMessage(event, keyOf.tasks(event))) })
  }
  await producer.disconnect()
}

function completion(place: number, { users, day }: Completions): TaskEventOf<'TaskCompleted'> {
  const taskId = randomUUID()
  const completedAt = `${day}T09:26:53.589Z`
  return {
    id: `${taskId}:2`,
    type: 'TaskCompleted',
    source: '/daybook/tasks',
    subject: taskId,
    time: completedAt,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    data: {
      taskId,
      userId: `user-${place % users}`,
      sequence: 2,
      name: 'Water the plants',
      notes: 'The ones on the balcony twice',
      dueOn: null,
      tags: ['home', 'garden'],
      completedAt,
      timeZone: 'UTC',
      day,
    },
  }
}
