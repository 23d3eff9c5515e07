import { createRequire } from 'node:module'
import { type Test, test } from 'tap'
import { until } from '../../support/index.ts'
import { collector, letter, setUp } from '../port.ts'

type Commit = (request: unknown) => Promise<unknown>

const { prototype: broker } = createRequire(import.meta.url)('kafkajs/src/broker') as {
  prototype: { offsetCommit: Commit }
}

/** Lets a function decide what happens to each commit that a consumer of this process sends. */
function interceptCommits(t: Test, intercept: (send: () => Promise<unknown>) => Promise<unknown>): void {
  const send = broker.offsetCommit
  broker.offsetCommit = function (request) {
    return intercept(() => send.call(this, request))
  }
  t.teardown(() => {
    broker.offsetCommit = send
  })
}

const to = (partition: number) => ({ ...letter('k'), partition })

for (const concurrentPartitions of [1, 3])
  test(`messages are handled during a commit, and one commit follows for all: ${concurrentPartitions} at once`, async t => {
    const { kafka, crashes } = await setUp(t)
    const { options, reached } = collector({ concurrentPartitions })
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    let commits = 0
    interceptCommits(t, async send => {
      commits += 1
      await released
      return send()
    })
    const consumer = await kafka.consume(options)
    t.teardown(consumer.stop)
    await kafka.publish('letters', [to(0)])
    await until('a commit has begun', () => commits === 1)
    await kafka.publish('letters', [to(1), to(2)])
    await reached(3)
    const stopped = consumer.stop()
    release()
    await stopped
    t.equal(commits, 2)
    const committed = await kafka.committedOffsets(options.group, 'letters')
    t.strictSame(
      [0, 1, 2].map(partition => committed.get(partition)),
      [1n, 1n, 1n],
    )
    t.strictSame(crashes, [])
  })

test('a commit that fails is repeated when no other message arrives', async t => {
  const { kafka, crashes } = await setUp(t)
  const { seen, options } = collector()
  let failed = false
  interceptCommits(t, async send => {
    if (failed) return send()
    failed = true
    throw Object.assign(new Error('the connection broke'), {
      name: 'KafkaJSConnectionError',
      retriable: true,
    })
  })
  const consumer = await kafka.consume(options)
  t.teardown(consumer.stop)
  await kafka.publish('letters', [to(0)])
  await until('it is committed', async () => {
    return (await kafka.committedOffsets(options.group, 'letters')).get(0) === 1n
  })
  t.equal(seen.length, 1)
  t.strictSame(crashes, [])
})
