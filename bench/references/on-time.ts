// Fires with a timer of Node for each slot, and sends the events of one turn of the event loop to Kafka in one request.
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import kafkajs from 'kafkajs'

const { brokers, topic, layouts, schedules, every, slots } = JSON.parse(process.argv[2] ?? '')
const LEAD_MS = 2000

const producer = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).producer({
  createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
})
await producer.connect()

/** @returns the milliseconds from each slot to its firing, and to the append of its event */
async function fireAll(apart: number): Promise<{ fired: number[]; appended: number[] }> {
  const [fired, appended]: [number[], number[]] = [[], []]
  const base = Date.now() + LEAD_MS
  let waiting: number[] = []
  let sending: Promise<void> = Promise.resolve()
  const send = async () => {
    await nextTurn()
    const due = waiting
    waiting = []
    const messages = due.map(slot => ({ key: 'timer', value: JSON.stringify({ slot }) }))
    const [{ logAppendTime } = {}] = await producer.send({ topic, messages, acks: -1 })
    appended.push(...due.map(slot => Number(logAppendTime) - slot))
  }
  const one = async (place: number) => {
    for (let n = 0; n < slots; n += 1) {
      const slot = base + place * apart + n * every
      await sleep(slot - Date.now())
      fired.push(Date.now() - slot)
      waiting.push(slot)
      if (waiting.length === 1) sending = sending.then(send)
    }
  }
  await Promise.all(Array.from({ length: schedules }, (_, place) => one(place)))
  await sending
  return { fired, appended }
}

const percentile = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1]

const figures: Record<string, number | undefined> = {}
for (const [layout, apart] of Object.entries<number>(layouts)) {
  const { fired, appended } = await fireAll(apart)
  figures[`${layout}: p50 ms`] = percentile(fired, 0.5)
  figures[`${layout}: p99 ms`] = percentile(fired, 0.99)
  figures[`${layout}: p99 ms to Kafka`] = percentile(appended, 0.99)
}
await producer.disconnect()
console.log(JSON.stringify(figures))
