import { createRequire } from 'node:module'

interface RequestQueue {
  pending: unknown[]
  inflight: Map<number, { sentAt: number; requestTimeout: number; timeoutRequest(): void }>
  enforceRequestTimeout: boolean
  requestTimeoutIntervalId: NodeJS.Timeout
  isConnected(): boolean
  destroy(): void
  scheduleCheckPendingRequests(): void
  scheduleRequestTimeoutCheck(): void
}

// A request times out after 30 s or later.
const TIMEOUT_CHECK_MS = 1000

/**
 * Stops two timers of idle connections. kafkajs 2.2.4 sets one of 1 ms repeatedly for every connection: 1,000 wake-ups a second,
 * and a TimeoutNegativeWarning on Node 24 (tulios/kafkajs#1556, #1704, #1751, unreleased). The check is useful only while
 * requests are pending, and each new request and each answer schedules a check. The other looks for requests that have timed
 * out; kafkajs does so ten times a second.
 */
export function quietRequestQueue(): void {
  const require = createRequire(import.meta.url)
  const { prototype } = require('kafkajs/src/network/requestQueue') as { prototype: RequestQueue }
  const schedule = prototype.scheduleCheckPendingRequests
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this)
  }
  prototype.scheduleRequestTimeoutCheck = function (this: RequestQueue) {
    this.destroy()
    if (!this.enforceRequestTimeout) return
    this.requestTimeoutIntervalId = setInterval(() => endLateRequests(this), TIMEOUT_CHECK_MS)
  }
}

function endLateRequests(queue: RequestQueue): void {
  for (const request of queue.inflight.values())
    if (Date.now() - request.sentAt > request.requestTimeout) request.timeoutRequest()
  if (!queue.isConnected()) queue.destroy()
}
