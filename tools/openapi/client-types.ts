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

/** Examples would make half of the text. */
const withoutExamples = (document: object): object =>
  JSON.parse(JSON.stringify(document), (key, value) =>
    key === 'example' || key === 'examples' ? undefined : value,
  )
