/** A rate of starts: `limit` within any `perMs`. */
export interface Rate {
  limit: number
  perMs: number
  /** How many attempts may start at once after a pause. 1 spreads all starts evenly. */
  burst: number
  /** The width of the interval within which an attempt must start, in milliseconds. */
  windowMs: number
}

/** The rules of a kind of job, with the defaults filled in. */
export interface Kind {
  name: string
  /** The version of the definition, from 1; 0 for a kind that nobody has defined. */
  version: number
  lane: string
  /** The JSON Schema of the data. */
  schema?: object
  /** How many attempts may fail. */
  attempts: number
  backoff: { initialMs: number; factor: number; capMs: number; jitter: number }
  /** How long the handler may run in milliseconds; null: without a limit. It is asked to end at `softTimeoutMs`. */
  timeoutMs: number | null
  softTimeoutMs: number | null
  rate?: Rate
  /** How many of its jobs may be in hand at once; of one key with `perKey`. */
  inFlight?: number
  perKey?: number
  /** After how many milliseconds a job expires that has not started. */
  expiresMs?: number
  mailTo: string[]
  paused: boolean
  /** `strict`: a worker asks by HTTP before it starts an attempt. */
  claim: 'ordinary' | 'strict'
  /** The names of shared limits. */
  limits: string[]
}

/** The rules of a kind that nobody has defined. The retries take about 45 minutes: longer than a deploy or a restart of a broker. */
export const defaultKind: Omit<Kind, 'name'> = {
  version: 0,
  lane: 'default',
  attempts: 10,
  backoff: { initialMs: 5000, factor: 2, capMs: 3_600_000, jitter: 0.25 },
  timeoutMs: 300_000,
  softTimeoutMs: 240_000,
  mailTo: [],
  paused: false,
  claim: 'ordinary',
  limits: [],
}
