import { type Api, request } from '../client/request.ts'
import { RequestRefused } from '../errors.ts'
import type { Due } from '../handling/run-attempt.ts'
import type { Identity } from './results.ts'

/**
 * Asks the scheduler whether an attempt of a strict kind may start.
 * @returns undefined: it may; `lost`: another worker has it, or it has ended or is to end; `late`: the scheduler could not be
 *   asked in time; an Error when this worker can't ask
 */
export type StrictStart = (due: Due) => Promise<undefined | 'lost' | 'late' | Error>

/** The longest time in milliseconds to ask. An attempt may start for 15 s after it was sent. */
const ASK_MS = 15_000

export function strictStart(api: Api | undefined, identity: Identity): StrictStart {
  return async ({ job, attempt, kind }) => {
    if (api === undefined)
      return new Error(`The kind ${kind} is strict: set DAYBOOK_URL and DAYBOOK_TOKEN of the worker`)
    const path = `/jobs/${encodeURIComponent(job)}/attempts/${attempt}/start`
    try {
      const body = { worker: identity.worker }
      await request(api, path, { method: 'POST', body, signal: AbortSignal.timeout(ASK_MS) })
      return undefined
    } catch (error) {
      if (!(error instanceof RequestRefused)) return 'late'
      return [404, 409, 410].includes(error.status) ? 'lost' : error
    }
  }
}
