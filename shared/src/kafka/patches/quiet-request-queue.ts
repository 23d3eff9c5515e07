import { createRequire } from 'node:module'

interface RequestQueue {
  pending: unknown[]
  scheduleCheckPendingRequests(): void
}

/**
 * kafkajs 2.2.4 sets a timer of 1 ms again and again for every connection, with nothing to send: 1,000 wake-ups a
 * second, and a TimeoutNegativeWarning on Node 24 (tulios/kafkajs#1556, #1704, #1751, unreleased). A check is only of
 * use when requests are pending; each new request and each answer schedules one by itself.
 */
export function quietRequestQueue(): void {
  const require = createRequire(import.meta.url)
  const queue = require('kafkajs/src/network/requestQueue') as { prototype: RequestQueue }
  const schedule = queue.prototype.scheduleCheckPendingRequests
  queue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this)
  }
}
