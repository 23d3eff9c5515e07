import { expire } from '../session/session.ts'
import { noteServerTime } from '../time/clock.ts'
import { notePart, type Part, partNames } from './parts.ts'
import { asProblem, codeOf, noAnswer, noConnection, type Problem } from './problem.ts'

// A command for many things takes longer than the reading of a page.
const READ_MS = 20_000
const COMMAND_MS = 90_000

/**
 * Sends a request, and notes what the answer says about the session, the clock and the parts of Daybook.
 * @returns the answer; a problem when there is none, or when it is an error of something else
 */
export async function send(request: Request): Promise<Response> {
  const late = AbortSignal.timeout(request.method === 'GET' ? READ_MS : COMMAND_MS)
  const answer = await complete(request, AbortSignal.any([request.signal, late])).catch((error: Error) => {
    if (request.signal.aborted) throw error
    return undefined
  })
  // One request that takes long does not say that the gateway is away.
  if (answer === undefined && late.aborted) return noAnswer()
  notePart('gateway', answer === undefined)
  if (answer === undefined) return noConnection()
  noteServerTime(answer.headers.get('date'))
  if (answer.status === 401) expire(request.headers.get('authorization')?.replace('Bearer ', '') ?? '')
  const response = asProblem(answer)
  await noteService(new URL(request.url).pathname, response)
  return response
}

/** The answer with all of its body: a connection can break in the middle of it. */
async function complete(request: Request, signal: AbortSignal): Promise<Response> {
  const answer = await fetch(request, { signal, cache: 'no-store' })
  const body = await answer.blob()
  // An answer like 204 must have no body, not an empty one.
  return new Response(body.size > 0 ? body : null, answer)
}

async function noteService(path: string, response: Response): Promise<void> {
  const service = serviceOf(path)
  if (service === undefined) return
  const code = response.status === 503 ? codeOf((await response.clone().json()) as Problem) : ''
  notePart(service, code === 'DAYBOOK_SERVICE_AWAY')
  // Some routes answer without MongoDB, so that an answer does not say that it is back: the gateway does.
  if (code === 'DAYBOOK_STORE_UNAVAILABLE') notePart('mongodb', true)
}

/** The service behind the gateway that has a path, /services/<name>/… */
const serviceOf = (path: string): Part | undefined => {
  const [, first, second] = path.split('/')
  return first === 'services' ? partNames.find(name => name === second) : undefined
}
