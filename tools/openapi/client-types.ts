import openapiTS, { astToString } from 'openapi-typescript'

const HEADER = '// Made by `npm run contract` from the OpenAPI document of the service. Do not edit.\n\n'

/**
 * Makes the TypeScript types of an OpenAPI document: `paths`, as openapi-fetch takes them, and a type for each named schema.
 * @returns the text of a module
 */
export async function clientTypes(document: object): Promise<string> {
  const types = await openapiTS(withoutExamples(document) as never, {
    // A field with a default may be left out of a request. The answers list their fields as required.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
  })
  // A schema with values and without a type gets this comment, which says nothing.
  return (
    HEADER +
    astToString(types).replaceAll(/^ *\/\*\* @enum \{unknown\} \*\/\n|^ *\* @enum \{unknown\}\n/gm, '')
  )
}

const EXAMPLES = new Set(['example', 'examples'])

/** Examples would make half of the text. @param hasNames whether the keys are names of fields, which can be the same words */
function withoutExamples(value: unknown, hasNames = false): unknown {
  if (Array.isArray(value)) return value.map(item => withoutExamples(item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => hasNames || !EXAMPLES.has(key))
  return Object.fromEntries(
    entries.map(([key, item]) => [key, withoutExamples(item, key === 'properties' && !hasNames)]),
  )
}
