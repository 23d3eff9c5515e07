import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench, BenchKafka, Benchmark, Figures } from '../harness/benchmark.ts'
import { faultsOfOrder } from '../harness/faults-of-order.ts'
import { openLoad } from '../harness/load.ts'
import { openPublished } from '../harness/published.ts'
import { runReference } from '../harness/references.ts'
import { type Commands, makeUsers, poll, startCommands } from '../harness/task-load.ts'

const USERS = 64
const LOAD_S = 10
const OUTAGE_S = 60
const SHORT_OUTAGE_S = 20
const GIVE_UP_S = 75
// With so few waiting events the relay has caught up: it has as many in hand under full load.
const CAUGHT_UP = 5000
const REFERENCE = 'plain kafkajs producer'

export const benchmark: Benchmark = {
  name: 'drain',
  work: `Kafka is stopped for ${OUTAGE_S} s under full load, and publishing catches up beside the load; then it is stopped for ${SHORT_OUTAGE_S} s, and publishing catches up without load.`,
  rounds: 1,
  goals: [
    { figure: 'published / accepted', atLeast: 2 },
    { figure: 'events/s', against: REFERENCE, atLeast: 0.15 },
    { figure: 'missing or out of order', atMost: 0 },
  ],
  async subjects(bench) {
    const kafka = await bench.kafka()
    let events = 0
    return [
      {
        name: 'Daybook',
        run: () =>
          daybook(bench, kafka, accepted => {
            events = accepted
          }),
      },
      {
        name: REFERENCE,
        does: 'sends the same events, which it has in memory, in batches of 500',
        run: () => runReference(bench, 'drain', { brokers: kafka.brokers, count: Math.min(events, 100_000) }),
      },
    ]
  },
}

async function daybook(bench: Bench, kafka: BenchKafka, onEnd: (accepted: number) => void): Promise<Figures> {
  const services = [bench.start('tasks'), bench.start('reporting'), bench.start('scheduler')] as const
  const [tasks] = await Promise.all(services)
  const load = await openLoad(tasks.url, USERS)
  bench.defer(load.close)
  const commands = startCommands(load, await makeUsers(USERS))
  await sleep(bench.scaled(LOAD_S) * 1000)
  const full = commands.accepted() / bench.scaled(LOAD_S)
  bench.report(`full load: ${full.toFixed(0)} events/s; Kafka is stopped for ${OUTAGE_S} s`)
  await kafka.kill()
  await sleep(bench.scaled(OUTAGE_S) * 1000)
  const loaded = await drain(kafka, commands, CAUGHT_UP)
  bench.report(`beside the load: ${inWords(loaded)}; Kafka is stopped for ${SHORT_OUTAGE_S} s`)
  await kafka.kill()
  await sleep(bench.scaled(SHORT_OUTAGE_S) * 1000)
  await commands.stop()
  const alone = await drain(kafka, commands, 0)
  bench.report(`without load: ${inWords(alone)}`)
  onEnd(commands.accepted())
  return {
    'events/s at full load': full,
    'accepted/s beside the outage': loaded.accepted,
    'published/s beside the load': loaded.published,
    'published / accepted': loaded.published / loaded.accepted,
    'events/s': alone.published,
    'missing or out of order': await faultsOfOrder(kafka.brokers, commands.accepted()),
  }
}

interface Drained {
  /** The events that waited at the start. */
  waited: number
  /** Events each second. */
  published: number
  accepted: number
}

/** Starts Kafka, and measures until at most `rest` accepted events are not yet published. */
async function drain(kafka: BenchKafka, commands: Commands, rest: number): Promise<Drained> {
  await kafka.restart()
  const topic = await openPublished(kafka.brokers)
  const [began, accepted, published] = [performance.now(), commands.accepted(), await topic.count()]
  const seconds = () => (performance.now() - began) / 1000
  let now = published
  await poll(async () => {
    now = await topic.count()
    return commands.accepted() - now <= rest || seconds() > GIVE_UP_S
  })
  const rate = (count: number) => count / seconds()
  await topic.close()
  return {
    waited: accepted - published,
    published: rate(now - published),
    accepted: rate(commands.accepted() - accepted),
  }
}

const inWords = ({ waited, published, accepted }: Drained) =>
  `${waited} events waited, ${published.toFixed(0)}/s are published, ${accepted.toFixed(0)}/s accepted`
