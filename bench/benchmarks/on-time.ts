import { topics } from '@daybook/shared/events'
import { client, token } from '@daybook/shared/testing'
import kafkajs from 'kafkajs'
import mongoose from 'mongoose'
import type { Bench, Benchmark, Figures } from '../harness/benchmark.ts'
import { percentile } from '../harness/median.ts'
import { runReference } from '../harness/references.ts'

const SCHEDULES = 1000
const EVERY_MS = 5000
const SLOTS = 3
// The schedules are stored before their first slot.
const LEAD_MS = 5000
const TIMERS = 'timers'

/** The slots of all schedules are spread evenly, or the same. */
const layouts = { spread: EVERY_MS / SCHEDULES, together: 0 }

export const benchmark: Benchmark = {
  name: 'on-time',
  work: '1,000 schedules of `every: PT5S`, with slots spread evenly, and then with the same slots: how long after its slot each fires, and has its event in Kafka.',
  rounds: 2,
  goals: [
    { figure: 'spread: p99 ms', atMost: 100 },
    { figure: 'together: p99 ms', atMost: 100 },
  ],
  async subjects(bench) {
    const { brokers } = await bench.kafka()
    await makeTopics(brokers, [topics.clock.name, TIMERS])
    const { url } = await bench.start('scheduler', { TIME_ZONES: 'UTC' })
    const firings = await readFirings(bench, brokers)
    const store = await openStore(bench, url)
    let round = 0
    return [
      {
        name: 'Daybook',
        async run() {
          const figures: Figures = {}
          for (const [layout, apart] of Object.entries(layouts)) {
            const base = Date.now() + LEAD_MS
            const name = `${layout}-${round++}`
            const end = new Date(base + SLOTS * EVERY_MS).toISOString()
            await store(name, { base, apart, end })
            const fired = await firings(name, SCHEDULES * SLOTS)
            Object.assign(figures, percentiles(layout, fired))
          }
          return figures
        },
      },
      {
        name: 'plain timers',
        does: 'sets a timer of Node for each slot and sends the events of each turn of the event loop to Kafka in one request; it stores nothing',
        run: () =>
          runReference(bench, 'on-time', {
            brokers,
            topic: TIMERS,
            layouts,
            schedules: SCHEDULES,
            every: EVERY_MS,
            slots: SLOTS,
          }),
      },
    ]
  },
}

interface Fired {
  /** Milliseconds from the slot to the firing, and to the append of its event. */
  fired: number
  appended: number
}

function percentiles(layout: string, firings: Fired[]): Figures {
  const of = (what: keyof Fired, share: number) =>
    percentile(
      firings.map(one => one[what]),
      share,
    )
  return {
    [`${layout}: p50 ms`]: of('fired', 0.5),
    [`${layout}: p99 ms`]: of('fired', 0.99),
    [`${layout}: p99 ms to Kafka`]: of('appended', 0.99),
  }
}

interface Slots {
  /** The first slot of the first schedule. */
  base: number
  /** Milliseconds from the slots of a schedule to those of the next. */
  apart: number
  end: string
}

/** @returns a function that stores schedules: one by PUT, and the others as copies, because a thousand requests take long */
async function openStore(bench: Bench, url: string) {
  const operator = client(url, await token('operator', { admin: true }))
  const db = await mongoose.createConnection((await bench.mongo()).uri, { dbName: 'daybook' }).asPromise()
  bench.defer(() => db.close())
  const schedules = db.collection<{ _id: string; definition: string }>('schedules')
  return async (name: string, { base, apart, end }: Slots) => {
    const start = new Date(base).toISOString()
    const body = { every: `PT${EVERY_MS / 1000}S`, start, end }
    await operator(`/schedules/${name}-0`, { method: 'PUT', body })
    const made = await schedules.findOne({ _id: `${name}-0` })
    if (made === null) throw new Error('the schedule is not stored')
    const copies = Array.from({ length: SCHEDULES - 1 }, (_, i) => {
      const first = new Date(base + (i + 1) * apart)
      const definition = made.definition.replace(start, first.toISOString())
      return { ...made, _id: `${name}-${i + 1}`, definition, nextSlot: first, nextFireAt: first }
    })
    await schedules.insertMany(copies)
  }
}

/** Makes topics whose records have the time at which the broker appended them. */
async function makeTopics(brokers: string[], names: string[]): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  const configEntries = [{ name: 'message.timestamp.type', value: 'LogAppendTime' }]
  await admin.createTopics({
    topics: names.map(topic => ({ topic, numPartitions: 1, configEntries })),
    waitForLeaders: true,
  })
  await admin.disconnect()
}

/**
 * Reads daybook.clock.
 * @returns a function that waits for so many firings of the schedules whose names begin with a prefix
 */
async function readFirings(bench: Bench, brokers: string[]) {
  const seen: (Fired & { schedule: string })[] = []
  let noteSeen = () => {}
  const kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING })
  const consumer = kafka.consumer({ groupId: 'on-time' })
  await consumer.connect()
  bench.defer(() => consumer.disconnect())
  await consumer.subscribe({ topic: topics.clock.name, fromBeginning: true })
  await consumer.run({
    async eachMessage({ message: { value, timestamp } }) {
      const { schedule, slot, firedAt } = JSON.parse(String(value))
      if (firedAt === undefined) return
      const due = Date.parse(slot)
      seen.push({ schedule, fired: Date.parse(firedAt) - due, appended: Number(timestamp) - due })
      noteSeen()
    },
  })
  return async (prefix: string, count: number): Promise<Fired[]> => {
    const ofPrefix = () => seen.filter(({ schedule }) => schedule.startsWith(prefix))
    while (seen.length < count || ofPrefix().length < count) {
      await new Promise<void>(resolve => {
        noteSeen = resolve
      })
    }
    return ofPrefix()
  }
}
