// Reads daybook.tasks into a collection `completions`, with a plain kafkajs consumer and inserts of 500 documents.
import kafkajs from 'kafkajs'
import mongoose from 'mongoose'

const { brokers, uri, database, group } = JSON.parse(process.argv[2] ?? '')
const BATCH = 500

const client = await new mongoose.mongo.MongoClient(uri).connect()
const completions = client.db(database).collection<{ _id: string }>('completions')
await completions.createIndex({ userId: 1, day: 1 })
await completions.createIndex({ day: 1, timeZone: 1, userId: 1, takenBack: 1 })
const kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.ERROR })
const consumer = kafka.consumer({ groupId: group })
await consumer.connect()
await consumer.subscribe({ topic: 'daybook.tasks', fromBeginning: true })
await consumer.run({
  async eachBatch({ batch, resolveOffset, heartbeat }) {
    for (let from = 0; from < batch.messages.length; from += BATCH) {
      const messages = batch.messages.slice(from, from + BATCH)
      const documents = messages.map(({ value }) => {
        const { taskId, userId, sequence, timeZone, day, name, notes, dueOn, tags, completedAt } = JSON.parse(
          String(value),
        )
        const what = { name, notes, dueOn, tags, completedAt }
        return {
          _id: `${day}:${taskId}`,
          version: sequence,
          day,
          timeZone,
          userId,
          taskId,
          takenBack: false,
          ...what,
        }
      })
      await completions.insertMany(documents, { ordered: false, writeConcern: { w: 'majority', j: true } })
      resolveOffset(messages.at(-1)?.offset ?? '')
      await heartbeat()
    }
  },
})
