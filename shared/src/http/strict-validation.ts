import type { TSchema } from 'typebox'
import { makeAjv } from '../validation.ts'
import type { App } from './app.ts'

/**
 * A JSON body says what its types are: nothing is converted, and nothing dropped that the schema does not know, so a
 * client hears of its typing errors. A query is text: there an integer in decimal digits is one, and no other notation.
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
