import type { Problem as ServiceProblem } from '@daybook/client'

/** An error answer of the services (RFC 9457), or what the console puts in the place of one. */
export type Problem = Omit<ServiceProblem, 'type' | 'instance'> & { type: string }

/** The code in the type of a problem, as docs/errors.md lists it. */
export const codeOf = ({ type }: Problem): string => type.split(':').at(-1) ?? type

/** Whether the same request can succeed later without any change. */
export const isTemporary = ({ status }: Problem): boolean => status === 429 || status >= 500

/** Makes the answer in place of one that never came. */
export const noConnection = (): Response =>
  answerOf({
    type: 'urn:daybook:console:NO_CONNECTION',
    title: 'No connection',
    status: 503,
    detail: 'Daybook cannot be reached. The console tries again by itself.',
  })

/** Makes the answer in place of one that takes too long. */
export const noAnswer = (): Response =>
  answerOf({
    type: 'urn:daybook:console:NO_ANSWER',
    title: 'No answer',
    status: 503,
    detail: 'There was no answer in time. What was asked for may still be done.',
  })

/** Makes an answer a problem, when it is an error or a page from something else than Daybook: a proxy, or the sign-in of a network. */
export function asProblem(response: Response): Response {
  const type = response.headers.get('content-type') ?? ''
  const isPage = response.ok && type.startsWith('text/html')
  const isFine = (response.ok && !isPage) || response.status === 304
  if (isFine || type.startsWith('application/problem+json')) return response
  const status = isPage ? 502 : response.status
  const detail = `Something between the console and Daybook has answered ${response.status}.`
  return answerOf({ type: 'urn:daybook:console:OTHER_ANSWER', title: `Status ${status}`, status, detail })
}

const answerOf = (problem: Problem) =>
  Response.json(problem, {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json' },
  })
