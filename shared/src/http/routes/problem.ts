import type { ErrorObject } from 'ajv'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { catalogue, DaybookError, type ErrorCode, type Fault } from '../../failures/errors.ts'
import { isOutage } from '../../failures/outage.ts'
import { faultsOf } from '../../validation/faults.ts'
import { BODY_LIMIT } from './limits.ts'
import { subjectOf } from './request-log.ts'

const statuses = {
  DAYBOOK_ATTEMPT_TAKEN: 409,
  DAYBOOK_AUTH_FORBIDDEN: 403,
  DAYBOOK_AUTH_REQUIRED: 401,
  DAYBOOK_AUTH_UNAVAILABLE: 503,
  DAYBOOK_DAY_EMPTY: 404,
  DAYBOOK_DAY_NOT_ENDABLE: 400,
  DAYBOOK_DAY_NOT_OVER: 409,
  DAYBOOK_DEAD_LETTER_BUSY: 409,
  DAYBOOK_DEAD_LETTER_NOT_FOUND: 404,
  DAYBOOK_ERASURE_NOT_FOUND: 404,
  DAYBOOK_EVENTS_UNAVAILABLE: 503,
  DAYBOOK_GROUP_CLOSED: 409,
  DAYBOOK_GROUP_NOT_FOUND: 404,
  DAYBOOK_IDEMPOTENCY_KEY_REUSED: 422,
  DAYBOOK_JOB_CONFLICT: 409,
  DAYBOOK_JOB_ENDED: 410,
  DAYBOOK_JOB_NOT_FOUND: 404,
  DAYBOOK_KIND_CHANGED: 412,
  DAYBOOK_KIND_NOT_FOUND: 404,
  DAYBOOK_LIMIT_CHANGED: 412,
  DAYBOOK_LIMIT_IN_USE: 409,
  DAYBOOK_LIMIT_NOT_FOUND: 404,
  DAYBOOK_LOG_NOT_WRITTEN: 404,
  DAYBOOK_LOG_REMOVED: 410,
  DAYBOOK_METHOD_NOT_ALLOWED: 405,
  DAYBOOK_REQUEST_INVALID: 400,
  DAYBOOK_RERUN_NOT_FOUND: 404,
  DAYBOOK_ROUTE_NOT_FOUND: 404,
  DAYBOOK_RUN_NOT_FOUND: 404,
  DAYBOOK_RUN_PENDING: 404,
  DAYBOOK_SCHEDULE_BUILTIN: 409,
  DAYBOOK_SCHEDULE_CHANGED: 412,
  DAYBOOK_SCHEDULE_NOT_FOUND: 404,
  DAYBOOK_SCHEDULE_TOO_OFTEN: 429,
  DAYBOOK_SEARCH_TOO_LONG: 422,
  DAYBOOK_SERVICE_AWAY: 503,
  DAYBOOK_SIGN_IN_REFUSED: 401,
  DAYBOOK_STORE_UNAVAILABLE: 503,
  DAYBOOK_TASK_CHANGED: 412,
  DAYBOOK_TASK_COMPLETED: 409,
  DAYBOOK_TASK_NOT_FOUND: 404,
  DAYBOOK_TOO_MANY_REQUESTS: 429,
  DAYBOOK_WORKER_NOT_FOUND: 404,
} satisfies Partial<Record<ErrorCode, number>>

/** A code that a REST answer can have. */
export type AnsweredCode = keyof typeof statuses | 'DAYBOOK_INTERNAL'

/** The schema of an error in an answer (RFC 9457, media type application/problem+json). */
export const Problem = Type.Object(
  {
    type: Type.Unsafe<`urn:daybook:error:${ErrorCode}`>({
      type: 'string',
      enum: [...Object.keys(statuses), 'DAYBOOK_INTERNAL'].map(code => `urn:daybook:error:${code}`),
      description: 'urn:daybook:error:<code>; docs/errors.md lists the codes',
    }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What happened and what to do' }),
    instance: Type.String({ description: 'The path of the request; empty when it is unknown' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'JSON pointer (RFC 6901) to the faulty part of the request' }),
          detail: Type.String(),
        }),
      ),
    ),
  },
  { title: 'Problem', description: 'What went wrong (RFC 9457)' },
)

/** The status of an answer with an error. */
export const statusOf = (code: ErrorCode): number =>
  (statuses as Partial<Record<ErrorCode, number>>)[code] ?? 500

/**
 * Declares the errors of an operation, beside those that every operation has. The OpenAPI document shows all of them with their
 * statuses and examples (document/problem-answers.ts).
 */
export const problems = (...codes: AnsweredCode[]) => ({
  '4xx': { description: 'What went wrong (RFC 9457)', [declaredProblems]: codes },
})

/** The key under which an answer holds the codes of its errors. */
export const declaredProblems = 'x-problems'

/** Answers a request with the problem for an error. */
export const answerWithProblem = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
  send(asDaybookError(error, request.routeOptions?.bodyLimit), request, reply, error.statusCode)

// The messages for requests that Fastify rejects before it validates them.
const remedies: Record<string, (bodyLimit: number) => string> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    'Send JSON in UTF-8, not compressed, with the header Content-Type: application/json',
  FST_ERR_CTP_BODY_TOO_LARGE: bodyLimit => `Send no more than ${bodyLimit} bytes`,
}

/** Converts validation errors of a request to faults. A pointer into the body has no prefix. */
function requestFaults(errors: ErrorObject[], where: string): Fault[] {
  // `oneOf` without a discriminator is in a schema for its readers. The service checks that rule in code, because ajv reports
  // the errors of every branch.
  const unclear = errors.filter(({ keyword }) => keyword === 'oneOf').map(({ schemaPath }) => schemaPath)
  const faults = faultsOf(
    errors.filter(({ schemaPath }) => !unclear.some(path => schemaPath.startsWith(path))),
  )
  if (where === 'body') return faults
  return faults.map(({ pointer, detail }) => ({ pointer: `/${where}${pointer}`, detail }))
}

const isWithoutBody = ({ validationContext, validation }: FastifyError) =>
  validationContext === 'body' &&
  (validation as ErrorObject[]).some(({ instancePath, data }) => instancePath === '' && data === null)

/**
 * Converts any error to an error of the catalogue, which is what clients see.
 * @param bodyLimit the largest body of the route, in bytes
 */
export function asDaybookError(error: FastifyError, bodyLimit = BODY_LIMIT): DaybookError {
  if (error instanceof DaybookError) return error
  if (error.validation !== undefined) {
    const faults = requestFaults(error.validation as ErrorObject[], error.validationContext ?? 'body')
    const message = isWithoutBody(error)
      ? 'This route needs a body: send a JSON object'
      : 'See errors: each points at what to change'
    return new DaybookError('DAYBOOK_REQUEST_INVALID', message, { faults })
  }
  if ((error.statusCode ?? 500) < 500) {
    return new DaybookError('DAYBOOK_REQUEST_INVALID', remedies[error.code]?.(bodyLimit) ?? error.message)
  }
  if (isOutage(error)) {
    const message = 'The outcome is unknown. Read the state again before you retry'
    return new DaybookError('DAYBOOK_STORE_UNAVAILABLE', message, { cause: error })
  }
  return new DaybookError('DAYBOOK_INTERNAL', 'The log of the service has the cause, under this request', {
    cause: error,
  })
}

function send(
  error: DaybookError,
  request: FastifyRequest,
  reply: FastifyReply,
  given?: number,
): FastifyReply {
  // The status of Fastify is more exact for an invalid request, for example 413 or 415.
  const status = error.code === 'DAYBOOK_REQUEST_INVALID' ? (given ?? 400) : statusOf(error.code)
  if (status >= 500)
    request.log.error({ err: error.cause ?? error, ...subjectOf(request, reply) }, error.message)
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  const isLater = status === 503 || (status === 429 && !reply.hasHeader('retry-after'))
  if (isLater) reply.header('retry-after', '5')
  // Serialised here, so that the response schema of the route does not apply.
  const problem = problemOf(error, status, request.url)
  return reply.code(status).type('application/problem+json').serializer(JSON.stringify).send(problem)
}

/** Converts any error to the problem that answers it. @param instance the path of the request */
export function problemFor(error: FastifyError, instance: string): Static<typeof Problem> {
  const known = asDaybookError(error)
  return problemOf(known, statusOf(known.code), instance)
}

/** Converts an error to a problem. */
export function problemOf(error: DaybookError, status: number, instance: string): Static<typeof Problem> {
  return {
    type: `urn:daybook:error:${error.code}`,
    title: catalogue[error.code],
    status,
    detail: error.message,
    instance,
    ...(error.faults.length > 0 ? { errors: [...error.faults] } : {}),
  }
}
