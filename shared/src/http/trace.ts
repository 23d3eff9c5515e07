import { randomBytes } from 'node:crypto'
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
    const trace = given ?? randomBytes(16).toString('hex')
    request.traceparent = `00-${trace}-${randomBytes(8).toString('hex')}-01`
  })
}
