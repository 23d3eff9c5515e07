import { createRequire } from 'node:module'

interface RequestQueue {
  pending: unknown[]
  scheduleCheckPendingRequests(): void
}

/**
 * Stops the 1 ms timer of idle connections. kafkajs 2.2.4 sets it repeatedly for every connection: 1,000 wake-ups a second,
 * and a TimeoutNegativeWarning on Node 24 (tulios/kafkajs#1556, #1704, #1751, unreleased). The check is useful only while
 * requests are pending, and each new request and each answer schedules a check.
 */
export function quietRequestQueue(): void {
  const require = createRequire(import.meta.url)
  const queue = require('kafkajs/src/network/requestQueue') as { prototype: RequestQueue }
  const schedule = queue.prototype.scheduleCheckPendingRequests
  queue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this)
  }
}
