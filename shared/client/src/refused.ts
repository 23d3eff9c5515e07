import type { Problem } from './generated/tasks.ts'

export type { Problem }

/** The code of an error, as in `DAYBOOK_TASK_NOT_FOUND`. docs/errors.md lists them. */
export type ErrorCode = Problem['type'] extends `urn:daybook:error:${infer Code}` ? Code : never

/** The service refused a request. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
  /** The HTTP status of the answer. */
  readonly status: number
  /** Why; undefined when the answer is not from a service of Daybook, as from a proxy. */
  readonly code: ErrorCode | undefined
  /** The body of the answer; undefined together with `code`. */
  readonly problem: Problem | undefined

  /** @param error the body of the answer */
  constructor(status: number, error: unknown) {
    const problem = isProblem(error) ? error : undefined
    super(problem === undefined ? `The server answered ${status}` : messageOf(problem))
    this.status = status
    this.problem = problem
    this.code = problem?.type.slice(PREFIX.length) as ErrorCode | undefined
  }
}

const PREFIX = 'urn:daybook:error:'

const isProblem = (error: unknown): error is Problem =>
  typeof error === 'object' && `${(error as Problem | null)?.type}`.startsWith(PREFIX)

function messageOf({ detail, errors }: Problem): string {
  return errors?.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ') ?? detail
}

/** What a method of a client returns: the member with `data` is the success. */
interface Answer {
  data?: unknown
  error?: unknown
  response: Response
}
type DataOf<A extends Answer> = Extract<A, { data: unknown }>['data']

/**
 * Waits for the answer to a request, for callers to whom every refusal is an error.
 * @returns the body of the answer; undefined when it has none, also when a client with `If-None-Match` has the current one (304)
 * @throws RequestRefused when the service refused the request; TypeError when it could not be reached
 */
export async function dataOf<A extends Answer>(answer: Promise<A>): Promise<DataOf<A>> {
  const { data, error, response } = await answer
  if (response.status === 304) return undefined as DataOf<A>
  if (!response.ok) throw new RequestRefused(response.status, error)
  return data as DataOf<A>
}
