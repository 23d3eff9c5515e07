import { type Api, request } from '../client/request.ts'
import { RequestRefused } from '../errors.ts'
import type { Due } from '../handling/due.ts'
import { type AttemptOutcome, failed, returned } from '../handling/outcome.ts'
import type { Identity } from './results.ts'

/**
 * Asks the scheduler whether an attempt of a strict kind may start.
 * @returns undefined: it may; otherwise how the attempt ends: `lost`, if another worker has it, or it has ended or is to end;
 *   `late`, if the scheduler could not be asked in time; a failure, if this worker can't ask
 */
export type StrictStart = (due: Due) => Promise<AttemptOutcome | undefined>

// An attempt may start for 15 s after it was sent.
const times = { patienceMs: 15_000, attemptMs: 5000 }

export function strictStart(api: Api | undefined, identity: Identity): StrictStart {
  return async ({ job, attempt, kind }) => {
    if (api === undefined)
      return cannotAsk(`The kind ${kind} is strict: set DAYBOOK_URL and DAYBOOK_TOKEN of the worker`)
    const path = `/jobs/${encodeURIComponent(job)}/attempts/${attempt}/start`
    try {
      await request(api, path, { method: 'POST', body: { worker: identity.worker }, ...times })
      return undefined
    } catch (error) {
      const { message } = error as Error
      if (!(error instanceof RequestRefused) || error.status >= 500)
        return returned('late', `The scheduler could not be asked whether the attempt may start: ${message}`)
      if ([404, 409, 410].includes(error.status)) return returned('lost', message)
      return cannotAsk(`The scheduler refuses the start of the attempt: ${message}`)
    }
  }
}

const cannotAsk = (error: string) => failed({ reason: 'error', error, retry: true })
