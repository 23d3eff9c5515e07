// Reads events of daybook.tasks into memory, and sends them to another topic in batches of 500. It prints how many it sent each second.
import kafkajs from 'kafkajs'

const { brokers, count } = JSON.parse(process.argv[2] ?? '')
const BATCH = 500
const topic = `reference-${Date.now()}`

const kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.ERROR })
const [admin, producer, consumer] = [kafka.admin(), kafka.producer(), kafka.consumer({ groupId: topic })]
await Promise.all([admin.connect(), producer.connect(), consumer.connect()])
await admin.createTopics({ topics: [{ topic, numPartitions: 6 }], waitForLeaders: true })
await consumer.subscribe({ topic: 'daybook.tasks', fromBeginning: true })

const events: kafkajs.Message[] = []
const read = Promise.withResolvers<void>()
await consumer.run({
  async eachBatch({ batch }) {
    for (const { key, value, headers = {} } of batch.messages) events.push({ key, value, headers })
    if (events.length >= count) read.resolve()
  },
})
await read.promise
await consumer.disconnect()

const began = performance.now()
for (let from = 0; from < count; from += BATCH)
  await producer.send({ topic, messages: events.slice(from, from + BATCH), acks: -1 })
console.log(JSON.stringify({ 'events/s': count / ((performance.now() - began) / 1000) }))
await Promise.all([admin.disconnect(), producer.disconnect()])
