import { setTimeout as sleep } from 'node:timers/promises'
import { topics } from '@daybook/shared/events'
import kafkajs from 'kafkajs'

/** Counts the records of daybook.tasks, without reading them. */
export interface Published {
  count: () => Promise<number>
  close: () => Promise<void>
}

export async function openPublished(brokers: string[]): Promise<Published> {
  const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  return {
    async count() {
      for (;;) {
        try {
          const partitions = await admin.fetchTopicOffsets(topics.tasks.name)
          return partitions.reduce((sum, { offset }) => sum + Number(offset), 0)
        } catch (error) {
          // A broker that has just started has not yet made itself the leader of the partitions.
          if (!(error as kafkajs.KafkaJSError).retriable) throw error
          await sleep(50)
        }
      }
    },
    close: () => admin.disconnect(),
  }
}
