import { STATUS_CODES } from 'node:http'
import type { RouteOptions } from 'fastify'
import { Type } from 'typebox'
import { catalogue, DaybookError, type Fault } from '../../failures/errors.ts'
import { type AnsweredCode, declaredProblems, Problem, problemOf, statusOf } from '../routes/problem.ts'
import { earlyRefusals, exampleDetails } from './problem-examples.ts'

type Route = Pick<RouteOptions, 'config' | 'method' | 'schema'>

/** An error of an answer. */
interface Example {
  status: number
  code: AnsweredCode
  detail: string
}

/**
 * Makes the error answers of a route for the OpenAPI document, by status: the errors that the route declares with `problems`, and
 * those that every route of its kind has. Each answer lists its errors as examples.
 */
export function problemAnswers({ config, method, schema }: Route): Record<number, object> {
  const answers = (schema?.response ?? {}) as Record<string, { [declaredProblems]?: AnsweredCode[] }>
  // The state of health is no problem.
  if (config?.public && answers['4xx'] === undefined) return {}
  const codes = new Set([...(answers['4xx']?.[declaredProblems] ?? []), ...commonCodes(config)])
  const examples: Example[] = [...codes].map(code => ({
    ...{ status: statusOf(code), code, detail: exampleDetails[code] },
  }))
  const early = Object.entries(earlyRefusals).filter(([, { onlyBodies }]) => !onlyBodies || method !== 'GET')
  for (const [status, { detail }] of early) {
    examples.push({ status: Number(status), code: 'DAYBOOK_REQUEST_INVALID', detail })
  }
  const byStatus = Map.groupBy(examples, ({ status }) => status)
  return Object.fromEntries([...byStatus].map(([status, some]) => [status, answerOf(status, some)]))
}

function commonCodes(config: Route['config']): AnsweredCode[] {
  const tokens: AnsweredCode[] = [
    'DAYBOOK_AUTH_REQUIRED',
    'DAYBOOK_AUTH_UNAVAILABLE',
    'DAYBOOK_STORE_UNAVAILABLE',
    'DAYBOOK_TOO_MANY_REQUESTS',
  ]
  return [
    'DAYBOOK_REQUEST_INVALID',
    'DAYBOOK_METHOD_NOT_ALLOWED',
    'DAYBOOK_INTERNAL',
    ...(config?.public ? [] : tokens),
    ...(config?.admin || config?.scope ? (['DAYBOOK_AUTH_FORBIDDEN'] as const) : []),
  ]
}

const retryAfter = Type.String({
  pattern: '^\\d+$',
  description: 'The number of seconds to wait before the next attempt',
})
const headers: Record<number, object> = {
  401: { 'www-authenticate': Type.String({ description: 'How to authenticate' }) },
  405: { allow: Type.String({ description: 'The methods that the path has' }) },
  429: { 'retry-after': retryAfter },
  503: { 'retry-after': retryAfter },
}

function answerOf(status: number, examples: Example[]): object {
  const values = examples.map(({ code, detail }) => [code, { value: example(status, code, detail) }])
  const titles = examples.map(({ code }) => catalogue[code]).join('; or: ')
  return {
    description: status in earlyRefusals ? STATUS_CODES[status] : titles,
    content: { 'application/problem+json': { schema: Problem, examples: Object.fromEntries(values) } },
    ...(headers[status] && { headers: headers[status] }),
  }
}

function example(status: number, code: AnsweredCode, detail: string): object {
  const faults: Fault[] = status === 400 && code === 'DAYBOOK_REQUEST_INVALID' ? [fault] : []
  return problemOf(new DaybookError(code, detail, { faults }), status, '/path/of/the/request')
}
const fault = { pointer: '/name', detail: 'is missing' }

/** The name of an answer in `components.responses`: its errors and its status, as in `TaskNotFound404`. */
export function answerName(status: string, examples: object): string {
  const words = (code: string) => code.toLowerCase().split('_').slice(1).map(capitalised).join('')
  return `${Object.keys(examples).map(words).join('Or')}${status}`
}
const capitalised = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`
