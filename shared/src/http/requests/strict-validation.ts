import type { TSchema } from 'typebox'
import { makeAjv } from '../../validation/ajv.ts'
import type { App } from '../routes/app.ts'

/**
 * Validates requests by their schemas and converts nothing in a JSON body, which says what its types are; nor does it drop
 * what the schema does not know, so a client hears of its typing errors. A query is text: an integer in it has decimal
 * digits only.
 */
export function validateStrictly(app: App): void {
  const ajv = makeAjv({ useDefaults: true })
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    const validate = ajv.compile(schema)
    if (httpPart !== 'querystring') return validate
    const { properties = {} } = schema as { properties?: Record<string, { type?: unknown }> }
    const integers = Object.keys(properties).filter(name => properties[name]?.type === 'integer')
    return (query: Record<string, unknown>) => {
      for (const name of integers) query[name] = fromDigits(query[name])
      return validate(query) || { error: validate.errors ?? [] }
    }
  })
}

const fromDigits = (value: unknown) =>
  typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
