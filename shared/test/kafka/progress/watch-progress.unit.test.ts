import kafkajs from 'kafkajs'
import { type Test, test } from 'tap'
import { type Lag, watchProgress } from '../../../src/kafka/progress/watch-progress.ts'
import { silent } from '../../support/index.ts'
import { stopTime } from '../../support/time.ts'

const STALL_MS = 60_000
const refused = new kafkajs.KafkaJSConnectionError('connect ECONNREFUSED')

/** Watches a consumer whose lag the test sets. */
function watch(t: Test) {
  const time = stopTime(t)
  const consumer = { lags: [] as Lag[] | Error, isWaiting: false }
  const failures: Error[] = []
  const unwatch = watchProgress({
    group: 'readers',
    topic: 'letters',
    stallMs: STALL_MS,
    measure: async () => {
      if (consumer.lags instanceof Error) throw consumer.lags
      return consumer.lags
    },
    isWaiting: () => consumer.isWaiting,
    lastSigns: () => 'The last sign',
    fail: error => failures.push(error),
    log: silent,
  })
  t.teardown(unwatch)
  /** Lets half of the time pass after which a consumer that stands still fails. */
  const halfTime = async () => {
    for (let i = 0; i < 6; i += 1) await time.pass(STALL_MS / 10)
  }
  return { consumer, failures, halfTime }
}

const at = (position: bigint, partition = 0): Lag => ({ partition, position, end: 9n })

test('a partition that stands still while records follow fails, with the evidence', async t => {
  const { consumer, failures, halfTime } = watch(t)
  consumer.lags = [at(9n, 1), at(5n, 2)]
  await halfTime()
  t.strictSame(failures, [])
  await halfTime()
  t.match(failures[0], {
    code: 'DAYBOOK_KAFKA_CONSUMER_STALLED',
    message:
      'The consumer readers has been at offset 5 of letters/2 for 60 s, although 4 records follow. The last sign',
  })
})

test('a consumer that moves, or has nothing to handle, does not fail', async t => {
  const { consumer, failures, halfTime } = watch(t)
  for (let position = 0n; position < 5n; position += 1n) {
    consumer.lags = [at(position), at(9n, 1)]
    await halfTime()
  }
  t.strictSame(failures, [])
})

for (const [what, interrupt] of [
  ['the consumer waits for an outage', { isWaiting: true }],
  ['Kafka does not answer', { lags: refused }],
  ['another process has the partition', { lags: [] }],
] as const) {
  test(`the time in which ${what} does not count, and begins anew after it`, async t => {
    const { consumer, failures, halfTime } = watch(t)
    const stuck = { isWaiting: false, lags: [at(5n)] }
    Object.assign(consumer, stuck)
    await halfTime()
    Object.assign(consumer, interrupt)
    await halfTime()
    await halfTime()
    Object.assign(consumer, stuck)
    await halfTime()
    t.strictSame(failures, [])
    await halfTime()
    t.ok(failures.length > 0, 'it is noticed when it goes on')
  })
}

test('an error that is no outage ends the process too', async t => {
  const { consumer, failures, halfTime } = watch(t)
  consumer.lags = new TypeError('a bug')
  await halfTime()
  t.match(failures, [{ message: 'a bug' }])
})
