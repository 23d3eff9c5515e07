import type { FastifyInstance } from 'fastify'
import { DaybookError } from '../../failures/errors.ts'

/** How many requests a user may send. */
export interface RateLimit {
  /** Requests a second in the long run. */
  perSecond: number
  /** Requests at once after a pause. */
  burst: number
}

/** What a request gets. */
export interface Allowance {
  /** Milliseconds until the user may send a request; 0: this one is allowed. */
  wait: number
  /** How many more requests the user may send now. */
  remaining: number
  /** Milliseconds until the user may send a whole burst. */
  full: number
}

// A user takes about 150 bytes.
const MAX_USERS = 100_000

/**
 * Makes the count of requests by users: each has a bucket of `burst` requests, which fills by `perSecond`. It remembers the
 * users of the latest requests; the bucket of any other one counts as full.
 * @returns takes a request from the bucket of a user at an instant, in milliseconds of any clock that does not go back
 */
export function countRequests({ perSecond, burst }: RateLimit): (user: string, now: number) => Allowance {
  const each = 1000 / perSecond
  // When each bucket is full again: of the users since the last change of maps, and of those before. Removing the oldest users from
  // one map would take time for each removed one at each request.
  let [latest, earlier] = [new Map<string, number>(), new Map<string, number>()]

  return (user, now) => {
    const at = Math.max(now, latest.get(user) ?? earlier.get(user) ?? now) + each
    const room = burst * each - (at - now)
    // The sums of fractions are inexact.
    if (room < -1e-6) return { wait: -room, remaining: 0, full: at - each - now }
    if (latest.size >= MAX_USERS / 2) [latest, earlier] = [new Map(), latest]
    latest.set(user, at)
    return { wait: 0, remaining: Math.max(0, Math.floor(room / each + 1e-6)), full: at - now }
  }
}

/**
 * Limits the requests of each user in this process, by the fields `RateLimit` and `RateLimit-Policy` of
 * draft-ietf-httpapi-ratelimit-headers. Tokens with a scope are of operators and programs, which have no limit.
 * @param limit undefined: no limit
 */
export function limitRequests(app: FastifyInstance, limit: RateLimit | undefined): void {
  if (limit === undefined) return
  const take = countRequests(limit)
  const policy = `"user";q=${limit.burst};w=${Math.ceil(limit.burst / limit.perSecond)}`
  app.addHook('onRequest', async ({ user }, reply) => {
    if (user === undefined || user.scopes.some(scope => programs.has(scope))) return
    const { wait, remaining, full } = take(user.id, performance.now())
    reply.header('ratelimit-policy', policy)
    reply.header('ratelimit', `"user";r=${remaining};t=${wholeSeconds(full)}`)
    if (wait === 0) return
    const seconds = Math.max(1, wholeSeconds(wait))
    reply.header('retry-after', seconds)
    throw new DaybookError(
      'DAYBOOK_TOO_MANY_REQUESTS',
      `You send too many requests: try again in ${seconds} s`,
    )
  })
}

// Sums of milliseconds with a fraction are inexact: 100 s can come as 100.00000000001 s.
const wholeSeconds = (ms: number) => Math.ceil(Math.round(ms) / 1000)

const programs = new Set(['admin', 'jobs', 'worker'])
