/** The largest request body in bytes. The longest texts of a task fit into half of it, with every character escaped. */
export const BODY_LIMIT = 262_144

/** The time limits for clients, in milliseconds. */
export interface Limits {
  /** The limit for the head of a request, from its first byte or from the start of the connection. */
  head: number
  /** The limit for a complete request. */
  request: number
  /** The interval of the check for requests over the limit: a client gets at most this much more time. */
  check: number
  /**
   * The limit for a connection without a byte in either direction, for example when the client does not read. Must be
   * longer than an answer waits for MongoDB.
   */
  idle: number
}

/** The limits of a service. It closes a slow request within 30 s. */
export const LIMITS: Limits = { head: 10_000, request: 20_000, check: 5_000, idle: 60_000 }

/** Converts limits to the options of Fastify and of Node's server. */
export const limitOptions = ({ head, request, check, idle }: Limits) => ({
  requestTimeout: request,
  connectionTimeout: idle,
  http: { headersTimeout: head, requestTimeout: request, connectionsCheckingInterval: check },
})
