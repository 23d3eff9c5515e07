// Sends records to Kafka at a constant rate and reads them. It prints the percentiles of the milliseconds from the instant at which
// a record was due to the one at which the consumer had it.
import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs from 'kafkajs'

const { brokers, rate, count, lingerMs } = JSON.parse(process.argv[2] ?? '')
const topic = `reference-${Date.now()}`

const kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.ERROR })
const [admin, producer, consumer] = [kafka.admin(), kafka.producer(), kafka.consumer({ groupId: topic })]
await Promise.all([admin.connect(), producer.connect(), consumer.connect()])
await admin.createTopics({ topics: [{ topic, numPartitions: 6 }], waitForLeaders: true })
await consumer.subscribe({ topic, fromBeginning: true })

const times: number[] = []
const dueAt: number[] = []
const joined = new Promise(resolve => consumer.on(consumer.events.GROUP_JOIN, resolve))
await consumer.run({
  async eachBatch({ batch }) {
    const now = performance.now()
    for (const { value } of batch.messages) times.push(now - (dueAt[JSON.parse(String(value)).number] ?? now))
  },
})
await joined

const pad = 'x'.repeat(300)
const began = performance.now()
while (dueAt.length < count) {
  const messages: { key: string; value: string }[] = []
  for (let number = dueAt.length; number < count; number += 1) {
    const due = began + (number * 1000) / rate
    if (due > performance.now()) break
    dueAt.push(due)
    messages.push({ key: `user-${number % 1000}`, value: JSON.stringify({ number, pad }) })
  }
  if (messages.length > 0) await producer.send({ topic, messages, acks: -1 })
  await sleep(lingerMs)
}
while (times.length < count) await sleep(10)
const sorted = Float64Array.from(times).sort()
console.log(
  JSON.stringify({ 'p50 ms': sorted[Math.floor(count * 0.5)], 'p99 ms': sorted[Math.floor(count * 0.99)] }),
)
await Promise.all([admin.disconnect(), producer.disconnect(), consumer.disconnect()])
