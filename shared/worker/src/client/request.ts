import { setTimeout as sleep } from 'node:timers/promises'
import { backoff } from '../../../src/failures/outage.ts'
import { RequestRefused } from '../errors.ts'
import { monotonic } from '../handling/clock.ts'

/** How to reach the scheduler's REST API. */
export interface Api {
  /** The address of the scheduler, as in `http://127.0.0.1:3003`. */
  url: string
  /** A bearer token. */
  token: string
}

export interface ApiRequest {
  method?: string
  body?: unknown
  headers?: Record<string, string>
  /** Ends the request and its repetitions. */
  signal?: AbortSignal
  /** The most milliseconds until the last repetition; default: a minute. */
  patienceMs?: number
  /** The most milliseconds that one attempt may take; default: 75 s, as a request may ask the server to wait for 60 s. */
  attemptMs?: number
}

export interface ApiAnswer {
  status: number
  etag: string | undefined
  body: unknown
}

const unavailable = new Set([502, 503, 504])

/**
 * Sends a request. Repeats it while the server can't be reached or is not available: so a request that adds something must
 * carry an Idempotency-Key.
 * @throws RequestRefused for every other answer than 2xx and 304; Error when the server can't be reached; the reason of `signal`
 */
export async function request(
  { url, token }: Api,
  path: string,
  options: ApiRequest = {},
): Promise<ApiAnswer> {
  const { method = 'GET', body, headers, signal, patienceMs = 60_000, attemptMs = 75_000 } = options
  const init = {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }
  const address = url.replace(/\/+$/, '') + path
  const deadline = monotonic() + patienceMs
  for (let n = 1; ; n += 1) {
    const answer = await attempt(address, init, attemptMs, signal)
    const isFinal = monotonic() > deadline
    if (answer instanceof Error) {
      if (isFinal) throw unreachable(url, answer)
    } else if (isFinal || !unavailable.has(answer.status)) return accepted(answer)
    await pause(backoff(n), signal)
  }
}

/**
 * Sleeps for some milliseconds.
 * @throws the reason of the signal when it is aborted
 */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => signal?.throwIfAborted())
}

async function attempt(
  address: string,
  init: RequestInit,
  attemptMs: number,
  signal: AbortSignal | undefined,
): Promise<ApiAnswer | Error> {
  const timeout = AbortSignal.timeout(attemptMs)
  try {
    const response = await fetch(address, {
      ...init,
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    })
    const text = await response.text()
    return {
      status: response.status,
      etag: response.headers.get('etag') ?? undefined,
      body: asJson(text, response.headers.get('content-type')),
    }
  } catch (error) {
    signal?.throwIfAborted()
    return error as Error
  }
}

/** The error of `fetch` has the reason in its cause. */
function unreachable(url: string, error: Error): Error {
  const { message, code = message } = (error.cause ?? error) as NodeJS.ErrnoException
  return new Error(`The scheduler at ${url} can't be reached: ${code}`, { cause: error })
}

const asJson = (text: string, type: string | null): unknown =>
  text !== '' && type?.includes('json') ? JSON.parse(text) : text

function accepted(answer: ApiAnswer): ApiAnswer {
  const { status, body } = answer
  if ((status >= 200 && status < 300) || status === 304) return answer
  const problem = (typeof body === 'object' ? body : {}) as { type?: string; title?: string; detail?: string }
  const code = problem.type?.split(':').at(-1)
  throw new RequestRefused(status, code, problem.detail ?? problem.title ?? `The server answered ${status}`)
}
