// Counts the completions of each user and day from daybook.tasks. Needs Node 24 and `npm install kafkajs`.
//
//   node completions.ts
//
// KAFKA_BROKERS (default 127.0.0.1:9092) and TOPIC_PREFIX say where. GROUP names the consumer group.
import { type IHeaders, Kafka, logLevel } from 'kafkajs'

const { KAFKA_BROKERS = '127.0.0.1:9092', TOPIC_PREFIX = '', GROUP = 'completions-typescript' } = process.env
const kafka = new Kafka({ brokers: KAFKA_BROKERS.split(','), logLevel: logLevel.ERROR })
// Begins with the first event; later runs continue where the group has committed.
const consumer = kafka.consumer({ groupId: TOPIC_PREFIX + GROUP })

type Days = { day?: string; completedDay?: string; takenBack?: boolean }
type Change = Days & { taskId: string; userId: string; sequence: number }
// A real consumer keeps both in its database, and changes them in one transaction.
const applied = new Map<string, number>()
const completions = new Map<string, number>()

const header = (headers: IHeaders | undefined, name: string) => headers?.[name]?.toString() ?? ''

function count(userId: string, day: string, by: number): void {
  const total = (completions.get(`${userId} ${day}`) ?? 0) + by
  completions.set(`${userId} ${day}`, total)
  console.log(`${userId} ${day} ${total}`)
}

function handle(type: string, schema: string, data: Change): void {
  // Other types do not matter here, and there will be new ones. A newer version of a known type must not be skipped.
  if (type !== 'TaskCompleted' && type !== 'TaskReopened') return
  if (schema && !schema.endsWith(':1')) throw new Error(`${schema} is newer than this program`)
  const { taskId, userId, sequence, day = '', completedDay = '' } = data
  const last = applied.get(taskId) ?? 0
  // An event may come again: its sequence is not higher than the last one of its task then.
  if (sequence <= last) console.log(`repeat ${taskId} ${sequence}`)
  else if (type === 'TaskCompleted') count(userId, day, 1)
  else if (data.takenBack) count(userId, completedDay, -1)
  applied.set(taskId, Math.max(sequence, last))
}

await consumer.connect()
await consumer.subscribe({ topic: `${TOPIC_PREFIX}daybook.tasks`, fromBeginning: true })
await consumer.run({
  autoCommit: false,
  eachMessage: async ({ topic, partition, message: { headers, value, offset } }) => {
    const data = JSON.parse(value?.toString() ?? '{}')
    handle(header(headers, 'ce_type'), header(headers, 'ce_dataschema'), data)
    await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(offset) + 1n) }])
  },
})
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => consumer.disconnect())
