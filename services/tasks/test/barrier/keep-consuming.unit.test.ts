import { openBlocks } from '@daybook/shared/failures/blocks'
import { DaybookError } from '@daybook/shared/failures/errors'
import type { ConsumerOptions } from '@daybook/shared/kafka'
import { memoryLog, stopTime } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { keepConsuming } from '../../src/barrier/keep-consuming.ts'

const options: ConsumerOptions = {
  group: 'group',
  topic: 'topic',
  handle: async () => undefined,
  park: async () => undefined,
}

/** Keeps a consumer whose starts the test decides: an error in `refusals` refuses the next start. */
async function setUp(t: Test, refusals: Error[] = []) {
  const time = stopTime(t)
  const stopping = new AbortController()
  const { log, lines } = memoryLog()
  const started: { crash: (error: Error) => void; stopped: boolean }[] = []
  const kafka = {
    blocks: openBlocks(),
    async consume({ group, onCrash = () => undefined }: ConsumerOptions) {
      const refusal = refusals.shift()
      if (refusal !== undefined) throw refusal
      const one = { crash: onCrash, stopped: false }
      started.push(one)
      const stop = async () => {
        one.stopped = true
      }
      return {
        group,
        topic: '',
        trouble: () => undefined,
        measure: async () => [],
        measured: () => undefined,
        stop,
      }
    },
  }
  const stop = keepConsuming(kafka, options, { log, signal: stopping.signal })
  await time.pass(0)
  const blocked = () => kafka.blocks.list().get('group')?.code
  return { time, started, lines, blocked, stop, stopping }
}

t.test('a consumer that ended is stopped and starts again', async t => {
  const { time, started, lines, blocked } = await setUp(t)
  started[0]?.crash(new DaybookError('DAYBOOK_KAFKA_CONSUMER_STALLED', 'stalled'))
  await time.pass(0)
  t.match(started, [{ stopped: true }])
  t.equal(blocked(), 'DAYBOOK_KAFKA_CONSUMER_STALLED')
  await time.pass(5000)
  t.match(started, [{ stopped: true }, { stopped: false }])
  t.equal(blocked(), undefined)
  t.equal(lines.length, 1)
})

t.test('a consumer that cannot start is blocked and tries again', async t => {
  const gone = () => new DaybookError('DAYBOOK_KAFKA_OFFSETS_GONE', 'gone')
  const { time, started, blocked } = await setUp(t, [gone(), gone()])
  await time.pass(5000)
  t.equal(blocked(), 'DAYBOOK_KAFKA_OFFSETS_GONE')
  t.strictSame(started, [])
  await time.pass(5000)
  t.match(started, [{ stopped: false }])
  t.equal(blocked(), undefined)
})

t.test('a stop ends the consumer for good', async t => {
  const { time, started, lines, stop, stopping } = await setUp(t)
  stopping.abort()
  await stop()
  started[0]?.crash(new Error('the consumer is stopping'))
  await time.pass(60_000)
  t.match(started, [{ stopped: true }])
  t.equal(started.length, 1)
  t.strictSame(lines, [])
})
