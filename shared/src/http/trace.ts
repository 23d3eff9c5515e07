import { randomFillSync } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** The request's own span in the caller's trace, or in a new trace; https://www.w3.org/TR/trace-context/ */
    traceparent: string
  }
}

/** The id of the caller's trace, or of a new one. A request has it as its id, so its log lines have it in the field `trace`. */
export function traceIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const [, given] =
    /^00-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(headers.traceparent)) ?? []
  return given ?? randomHex(16)
}

/** Gives every request a `traceparent`, of the trace that is its id. The events that the request causes have the same one. */
export function traceRequests(app: FastifyInstance): void {
  app.decorateRequest('traceparent', '')
  app.addHook('onRequest', async request => {
    request.traceparent = `00-${request.id}-${randomHex(8)}-01`
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
