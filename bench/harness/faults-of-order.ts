import { topics } from '@daybook/shared/events'
import kafkajs from 'kafkajs'
import { poll } from './task-load.ts'

const { Kafka, logLevel } = kafkajs
const topic = topics.tasks.name

/**
 * Reads daybook.tasks from its beginning to its end.
 * @param expected how many different events must be there
 * @returns 0 when all are there and each task's events appear for the first time in the order of their sequence; else more
 */
export async function faultsOfOrder(brokers: string[], expected: number): Promise<number> {
  const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING })
  const [admin, consumer] = [kafka.admin(), kafka.consumer({ groupId: 'faults-of-order' })]
  await Promise.all([admin.connect(), consumer.connect()])
  const offsets = await admin.fetchTopicOffsets(topic)
  const unread = new Map(offsets.map(({ partition, high }) => [partition, Number(high)]))
  const last = new Map<string, number>()
  let [found, early] = [0, 0]
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    async eachBatch({ batch }) {
      for (const { headers } of batch.messages) {
        const [task = '', sequence] = String(headers?.ce_id).split(':')
        const before = last.get(task) ?? 0
        if (Number(sequence) <= before) continue
        if (Number(sequence) > before + 1) early += 1
        found += 1
        last.set(task, Number(sequence))
      }
      if (Number(batch.lastOffset()) + 1 >= (unread.get(batch.partition) ?? 0)) unread.delete(batch.partition)
    },
  })
  await poll(async () => [...unread.values()].every(end => end === 0))
  await Promise.all([admin.disconnect(), consumer.disconnect()])
  return early + expected - found
}
