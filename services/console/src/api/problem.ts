/** An error answer of the services (RFC 9457). */
export interface Problem {
  /** `urn:daybook:error:<code>`, see docs/errors.md. */
  type: string
  title: string
  status: number
  detail?: string
}

/** The code in the type of a problem, as docs/errors.md lists it. */
export const codeOf = ({ type }: Problem): string => type.split(':').at(-1) ?? type

export const NO_CONNECTION = 'DAYBOOK_CONSOLE_NO_CONNECTION'

/** Whether the same request can succeed later without any change. */
export const isTemporary = ({ status }: Problem): boolean => status === 429 || status >= 500

/** The answer in place of one that never came. */
export function noConnection(): Response {
  const problem: Problem = {
    type: `urn:daybook:error:${NO_CONNECTION}`,
    title: 'No connection',
    status: 503,
    detail: 'Daybook cannot be reached. The console tries again by itself.',
  }
  return Response.json(problem, { status: 503, headers: { 'content-type': 'application/problem+json' } })
}
