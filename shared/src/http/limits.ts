/** How long a client may take, in milliseconds. */
export interface Limits {
  /** For the head of a request, from its first byte or from the beginning of the connection. */
  head: number
  /** For a request as a whole. */
  request: number
  /** Between two looks for requests that take too long: a client has so much more time at most. */
  check: number
  /** While no byte comes or goes, as when it does not read the answer; longer than MongoDB makes an answer wait. */
  idle: number
}

/** A request that comes slowly is closed within 30 s. */
export const LIMITS: Limits = { head: 15_000, request: 25_000, check: 5_000, idle: 60_000 }

/** @returns the options of Fastify, and of Node's server below it, for these limits */
export const limiting = ({ head, request, check, idle }: Limits) => ({
  requestTimeout: request,
  connectionTimeout: idle,
  http: { headersTimeout: head, requestTimeout: request, connectionsCheckingInterval: check },
})
