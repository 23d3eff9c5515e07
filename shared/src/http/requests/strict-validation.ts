import type { ErrorObject } from 'ajv'
import type { TSchema } from 'typebox'
import { makeAjv, validatorOf } from '../../validation/ajv.ts'
import type { App } from '../routes/app.ts'

/**
 * Validates requests by their schemas. It converts no value of a JSON body, because JSON has types. It drops no unknown
 * field, so that a client learns of its typing errors. A query is text: it converts decimal digits to an integer, and a
 * single value to a list where there may be several.
 */
export function validateStrictly(app: App): void {
  const ajv = makeAjv({ useDefaults: true })
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    const validate = validatorOf(schema, ajv)
    const answer = (errors: ErrorObject[]) => errors.length === 0 || { error: errors }
    if (httpPart !== 'querystring') return value => answer(validate(value))
    const { properties = {} } = schema as { properties?: Record<string, { type?: unknown }> }
    const named = (type: string) => Object.keys(properties).filter(name => properties[name]?.type === type)
    const [integers, lists] = [named('integer'), named('array')]
    return (query: Record<string, unknown>) => {
      for (const name of integers) query[name] = fromDigits(query[name])
      for (const name of lists) if (typeof query[name] === 'string') query[name] = [query[name]]
      return answer(validate(query))
    }
  })
}

const fromDigits = (value: unknown) =>
  typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
