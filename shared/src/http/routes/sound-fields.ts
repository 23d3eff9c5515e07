import type { FastifyError, FastifyRequest } from 'fastify'
import type { Fault } from '../../failures/errors.ts'
import { asDaybookError } from './problem.ts'

/**
 * Tells apart the fields of a body that its schema accepts and those that it does not. A route with `attachValidation` can so
 * report the faults of the schema together with those that no schema can express.
 * @param invalid the error of the schema validation, if there is one
 * @throws `invalid` if it is not about the fields of the body
 */
export function soundFields<Body extends object>(
  body: Body,
  invalid: FastifyRequest['validationError'],
): { sound: Partial<Body>; faults: Fault[] } {
  if (invalid === undefined) return { sound: body, faults: [] }
  if (invalid.validationContext !== 'body' || !isObject(body)) throw invalid
  const found = (invalid.validation ?? []) as { instancePath: string }[]
  const unsound = new Set(found.map(({ instancePath }) => instancePath.split('/')[1]))
  const entries = Object.entries(body).filter(([name]) => !unsound.has(name))
  return {
    sound: Object.fromEntries(entries) as Partial<Body>,
    faults: [...asDaybookError(invalid as FastifyError).faults],
  }
}

const isObject = (body: unknown) => typeof body === 'object' && body !== null && !Array.isArray(body)
