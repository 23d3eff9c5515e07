import { randomFillSync } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** The request's own span in the caller's trace, or in a new trace; https://www.w3.org/TR/trace-context/ */
    traceparent: string
  }
}

/** Gives every request a `traceparent`. The events that the request causes have the same one. */
export function traceRequests(app: FastifyInstance): void {
  app.decorateRequest('traceparent', '')
  app.addHook('onRequest', async request => {
    const [, given] =
      /^00-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(request.headers.traceparent)) ?? []
    const trace = given ?? randomHex(16)
    request.traceparent = `00-${trace}-${randomHex(8)}-01`
  })
}

// Random bytes for many requests: a call of the system's source takes as long for a few bytes as for a page.
const pool = Buffer.alloc(4096)
let used = pool.length

/** @param length in bytes, at most the size of the pool */
function randomHex(length: number): string {
  if (used + length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += length
  return pool.toString('hex', used - length, used)
}
