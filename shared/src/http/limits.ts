/** How long a client may take, in milliseconds. */
export interface Limits {
  /** For the head of a request, from its first byte or from the beginning of the connection. */
  head: number
  /** For a request as a whole. */
  request: number
  /** Between two checks for requests that take too long: a client has at most so much time more. */
  check: number
  /** While no byte is sent or received, as when it does not read the answer; longer than an answer waits for MongoDB. */
  idle: number
}

/** The limits of a service: a slow request is closed within 30 s. */
export const LIMITS: Limits = { head: 10_000, request: 20_000, check: 5_000, idle: 60_000 }

/** @returns the options of Fastify, and of Node's server below it, for these limits */
export const limiting = ({ head, request, check, idle }: Limits) => ({
  requestTimeout: request,
  connectionTimeout: idle,
  http: { headersTimeout: head, requestTimeout: request, connectionsCheckingInterval: check },
})
