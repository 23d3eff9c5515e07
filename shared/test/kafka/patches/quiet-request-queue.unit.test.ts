import { createRequire } from 'node:module'
import { mock } from 'node:test'
import { type Test, test } from 'tap'
import { quietRequestQueue } from '../../../src/kafka/patches/quiet-request-queue.ts'

interface Queue {
  scheduleRequestTimeoutCheck(): void
  destroy(): void
  maybeThrottle(ms: number): void
  push(request: object): void
  fulfillRequest(response: object): void
  checkPendingRequests(): void
}

const require = createRequire(import.meta.url)
const RequestQueue = require('kafkajs/src/network/requestQueue') as new (options: object) => Queue
quietRequestQueue()

/** The request queue of a connection, and the timers that it sets, which the test fires. */
function setUp(t: Test, options: object = {}) {
  const timers: (() => void)[] = []
  const set = globalThis.setTimeout
  t.teardown(() => {
    globalThis.setTimeout = set
  })
  globalThis.setTimeout = ((callback: () => void) => timers.push(callback)) as unknown as typeof set
  const logger = { debug: () => undefined, warn: () => undefined }
  const queue = new RequestQueue({ requestTimeout: 1000, enforceRequestTimeout: false, logger, ...options })
  const sent: number[] = []
  const push = (correlationId: number) =>
    queue.push({
      entry: { correlationId, resolve: () => undefined, reject: () => undefined },
      expectResponse: true,
      sendRequest: () => sent.push(correlationId),
    })
  return { queue, timers, sent, push }
}

test('an idle connection sets no timer', async t => {
  const { queue, timers, sent, push } = setUp(t)
  queue.checkPendingRequests()
  push(1)
  queue.fulfillRequest({ correlationId: 1, payload: null, size: 0 })
  t.strictSame(sent, [1])
  t.equal(timers.length, 0)
})

test('a throttled request is sent when its timer fires, and no further timer is set', async t => {
  const { queue, timers, sent, push } = setUp(t)
  queue.maybeThrottle(60_000)
  push(1)
  t.strictSame(sent, [])
  t.equal(timers.length, 1)
  // The throttling ends when the timer fires.
  Object.assign(queue, { throttledUntil: -1 })
  timers[0]?.()
  t.strictSame(sent, [1])
  t.equal(timers.length, 1)
})

test('a request over the limit of requests in flight is sent after an answer', async t => {
  const { queue, sent, push } = setUp(t, { maxInFlightRequests: 1 })
  push(1)
  push(2)
  t.strictSame(sent, [1])
  queue.fulfillRequest({ correlationId: 1, payload: null, size: 0 })
  t.strictSame(sent, [1, 2])
})

test('a request that gets no answer in its time is rejected, and one timer a connection waits for that', async t => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() })
  t.teardown(() => mock.timers.reset())
  let isConnected = true
  const { queue, timers } = setUp(t, { enforceRequestTimeout: true, isConnected: () => isConnected })
  const failures: Error[] = []
  const push = (correlationId: number) =>
    queue.push({
      entry: { correlationId, reject: (error: Error) => failures.push(error) },
      expectResponse: true,
      sendRequest: () => undefined,
    })
  const fireAfter = (ms: number) => {
    mock.timers.tick(ms)
    t.equal(timers.length, 1)
    timers.shift()?.()
  }
  queue.scheduleRequestTimeoutCheck()
  mock.timers.tick(400)
  push(1)
  fireAfter(600)
  t.equal(failures.length, 0)
  fireAfter(401)
  t.match(failures, [{ name: 'KafkaJSRequestTimeoutError' }])
  // The check ends with the connection.
  isConnected = false
  fireAfter(1000)
  t.equal(timers.length, 0)
})
