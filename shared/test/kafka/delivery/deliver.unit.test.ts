import { type Test, test } from 'tap'
import { ATTEMPTS, deliver } from '../../../src/kafka/delivery/deliver.ts'
import { Interrupted } from '../../../src/kafka/delivery/interrupted.ts'
import type { IncomingMessage } from '../../../src/kafka/index.ts'
import { memoryLog, received, silent, stopTime } from '../../support/index.ts'

const messages = ['a', 'b', 'c'].map((key, i) =>
  received({ key, value: '{}', headers: {} }, { offset: BigInt(i) }),
)
const keysOf = (given: IncomingMessage[]) => given.map(({ key }) => key).join('')
const outage = () => Object.assign(new Error('no space left'), { code: 'ENOSPC' })

/** A delivery whose handler throws what `failing` returns for a call with these messages. */
function setUp(t: Test, failing: (keys: string, call: number) => unknown) {
  const calls: string[] = []
  const parked: { key: string; message: string; attempts: number }[] = []
  const waits: (string | undefined)[] = []
  const stopping = new AbortController()
  const delivery = {
    handle: async (given: IncomingMessage[]) => {
      calls.push(keysOf(given))
      const error = failing(keysOf(given), calls.length)
      if (error !== undefined) throw error
    },
    park: async ({ key }: IncomingMessage, { message }: Error, attempts: number) => {
      parked.push({ key: String(key), message, attempts })
    },
    onWait: (reason?: Error) => void waits.push(reason?.message),
    heartbeat: async () => undefined,
    signal: stopping.signal,
    log: silent,
  }
  return { delivery, calls, parked, waits, stopping, time: stopTime(t) }
}

test('a batch that succeeds is handled once', async t => {
  const { delivery, calls, waits } = setUp(t, () => undefined)
  await deliver(messages, delivery)
  t.strictSame(calls, ['abc'])
  t.strictSame(waits, [])
})

test('only the failing message of a batch is parked, after five attempts', async t => {
  const { delivery, calls, parked, time } = setUp(t, keys =>
    keys.includes('b') ? new TypeError('bad b') : undefined,
  )
  await time.skipUntil(deliver(messages, delivery))
  t.strictSame(parked, [{ key: 'b', message: 'bad b', attempts: ATTEMPTS }])
  t.strictSame(calls, ['abc', 'a', 'b', 'b', 'b', 'b', 'b', 'c'])
})

test('a heartbeat comes before each message that is delivered alone', async t => {
  const { delivery, calls, time } = setUp(t, keys => (keys.length > 1 ? new Error('bad') : undefined))
  const heartbeat = async () => void calls.push('heartbeat')
  await time.skipUntil(deliver(messages, { ...delivery, heartbeat }))
  t.strictSame(calls, ['abc', 'heartbeat', 'a', 'heartbeat', 'b', 'heartbeat', 'c'])
})

test('a message that succeeds at its last attempt is not parked', async t => {
  const { delivery, calls, parked, time } = setUp(t, (_, call) =>
    call < ATTEMPTS ? new Error('not yet') : undefined,
  )
  await time.skipUntil(deliver(messages.slice(0, 1), delivery))
  t.strictSame(calls, ['a', 'a', 'a', 'a', 'a'])
  t.strictSame(parked, [])
})

test('delivery waits during an outage and reports it, and nothing is parked', async t => {
  const { delivery, calls, parked, waits, time } = setUp(t, (_, call) => (call <= 20 ? outage() : undefined))
  await time.skipUntil(deliver(messages, delivery))
  t.strictSame(calls, Array(21).fill('abc'))
  t.strictSame(parked, [])
  t.equal(waits[0], 'no space left')
  t.equal(waits.at(-1), undefined, 'it is over')
})

test('attempts that fail in an outage do not count', async t => {
  const { delivery, calls, parked, time } = setUp(t, (_, call) => {
    if (call <= 3) return new Error('not yet')
    return call <= 30 ? outage() : undefined
  })
  await time.skipUntil(deliver(messages.slice(0, 1), delivery))
  t.equal(calls.length, 31)
  t.strictSame(parked, [])
})

test('parking waits during an outage too', async t => {
  const { delivery, time } = setUp(t, () => new Error('bad'))
  let attempts = 0
  const park = async () => {
    attempts += 1
    if (attempts < 4) throw outage()
  }
  await time.skipUntil(deliver(messages.slice(0, 1), { ...delivery, park }))
  t.equal(attempts, 4)
})

test('a message that cannot be parked is retried until it is stored, and the reason says that an operator is needed', async t => {
  const { delivery, waits, calls, time } = setUp(t, keys =>
    keys.includes('b') ? new Error('bad') : undefined,
  )
  const { log, lines } = memoryLog()
  let attempts = 0
  const park = async () => {
    attempts += 1
    if (attempts < 4) throw new Error('no room')
  }
  const reasons: (Error | undefined)[] = []
  const onWait = (reason?: Error) => {
    delivery.onWait(reason)
    reasons.push(reason)
  }
  await time.skipUntil(deliver(messages, { ...delivery, park, onWait, log }))
  t.equal(attempts, 4)
  t.equal(calls.at(-1), 'c', 'the next message is handled')
  t.match(reasons[0], {
    code: 'DAYBOOK_DEAD_LETTER_NOT_STORED',
    message: /daybook.tasks\/0\/1 .*bad.*no room/,
  })
  t.equal(waits.at(-1), undefined, 'it is over')
  t.equal(lines.filter(({ code }) => code === 'DAYBOOK_DEAD_LETTER_NOT_STORED').length, 3)
})

test('a stop ends the attempts to park', async t => {
  const { delivery, stopping, time } = setUp(t, () => new Error('bad'))
  const park = async () => {
    stopping.abort()
    throw new Error('no room')
  }
  await t.rejects(time.skipUntil(deliver(messages, { ...delivery, park })), Interrupted)
})

test('a stop interrupts the wait, and nothing is parked', async t => {
  const { delivery, parked, stopping } = setUp(t, () => {
    stopping.abort()
    return outage()
  })
  await t.rejects(deliver(messages, delivery), Interrupted)
  t.strictSame(parked, [])
})

test('a stop between two attempts interrupts too', async t => {
  const { delivery, parked, stopping, time } = setUp(t, (_, call) => {
    if (call === 3) stopping.abort()
    return new Error('bad')
  })
  await t.rejects(time.skipUntil(deliver(messages.slice(0, 1), delivery)), Interrupted)
  t.strictSame(parked, [])
})

test('a change of the group interrupts the wait', async t => {
  const { delivery, time } = setUp(t, () => outage())
  const heartbeat = async () => {
    throw new Interrupted('the consumer group changed')
  }
  await t.rejects(time.skipUntil(deliver(messages, { ...delivery, heartbeat })), Interrupted)
})

test('an interruption inside the handler is not retried', async t => {
  const { delivery, calls } = setUp(t, () => new Interrupted('the consumer group changed'))
  await t.rejects(deliver(messages, delivery), Interrupted)
  t.strictSame(calls, ['abc'])
})

test('a heartbeat is sent at least once a second during a long wait', async t => {
  const { delivery, time } = setUp(t, (_, call) => (call <= 8 ? outage() : undefined))
  const began = Date.now()
  let last = began
  let longest = 0
  const heartbeat = async () => {
    longest = Math.max(longest, Date.now() - last)
    last = Date.now()
  }
  await time.skipUntil(deliver(messages, { ...delivery, heartbeat }))
  t.ok(longest > 0 && longest <= 1050, `${longest} ms`)
  t.ok(last - began > 15_000, 'the wait is long')
})

test('a thrown value that is not an error is parked with its text', async t => {
  const { delivery, parked, time } = setUp(t, () => 'just text')
  await time.skipUntil(deliver(messages.slice(0, 1), delivery))
  t.match(parked, [{ message: 'just text' }])
})
