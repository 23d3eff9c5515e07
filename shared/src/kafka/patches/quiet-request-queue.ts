import { createRequire } from 'node:module'

interface RequestQueue {
  pending: unknown[]
  inflight: Map<number, { sentAt: number; requestTimeout: number; timeoutRequest(): void }>
  /** The shortest time after which a request times out, in milliseconds. */
  requestTimeout: number
  enforceRequestTimeout: boolean
  requestTimeoutIntervalId: NodeJS.Timeout
  isConnected(): boolean
  destroy(): void
  scheduleCheckPendingRequests(): void
  scheduleRequestTimeoutCheck(): void
}

/**
 * Stops two timers of idle connections. kafkajs 2.2.4 sets one of 1 ms repeatedly for every connection: 1,000 wake-ups a second,
 * and a TimeoutNegativeWarning on Node 24 (tulios/kafkajs#1556, #1704, #1751, unreleased). The check is useful only while
 * requests are pending, and each new request and each answer schedules a check. The other looks for requests that have timed
 * out. kafkajs does so ten times a second; this patch does so when the next one may time out.
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
    if (this.enforceRequestTimeout) checkIn(this, this.requestTimeout)
  }
}

function checkIn(queue: RequestQueue, ms: number): void {
  queue.requestTimeoutIntervalId = setTimeout(() => {
    const next = endLateRequests(queue)
    if (queue.isConnected()) checkIn(queue, next)
  }, ms)
}

/** @returns in how many milliseconds a request may time out next: one that is sent from now on does so later */
function endLateRequests(queue: RequestQueue): number {
  let next = queue.requestTimeout
  for (const request of queue.inflight.values()) {
    const left = request.sentAt + request.requestTimeout - Date.now()
    if (left < 0) request.timeoutRequest()
    else next = Math.min(next, left + 1)
  }
  return next
}
