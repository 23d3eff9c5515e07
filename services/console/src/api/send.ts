import { expire, session } from '../session/session.ts'
import { noteServerTime } from '../time/clock.ts'
import { notePart, partOf } from './parts.ts'
import { codeOf, NO_CONNECTION, noConnection, type Problem } from './problem.ts'

const TIMEOUT_MS = 20_000

/**
 * Sends a request with the token of the session, and notes what the answer says about the session, the clock and the services.
 * @returns the answer; when there is none, a problem with the code NO_CONNECTION
 */
export async function send(request: Request): Promise<Response> {
  const token = session.value?.token ?? ''
  const headers = new Headers(request.headers)
  headers.set('authorization', `Bearer ${token}`)
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)])
  const response = await fetch(new Request(request, { headers, signal })).catch((error: Error) => {
    if (request.signal.aborted) throw error
    return noConnection()
  })
  noteServerTime(response.headers.get('date'))
  if (response.status === 401) expire(token)
  await noteParts(new URL(request.url).pathname, response)
  return response
}

async function noteParts(path: string, response: Response): Promise<void> {
  if (response.status !== 503) {
    notePart('gateway', false)
    notePart(partOf(path), false)
    return
  }
  const problem = (await response.clone().json()) as Problem
  notePart(codeOf(problem) === NO_CONNECTION ? 'gateway' : partOf(path), true)
}
