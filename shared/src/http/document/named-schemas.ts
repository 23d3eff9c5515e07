/** A JSON Schema in an OpenAPI document. */
export interface Schema {
  title?: string
  discriminator?: object
  description?: string
  examples?: unknown[]
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: Schema | boolean
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  $ref?: string
}

/**
 * Makes a function that replaces each schema with a title, at any depth, by a reference to `components.schemas`. So clients that are
 * generated from the document have types with these names.
 * @param components gets the schemas by their titles
 * @returns the function; it throws an Error when two different schemas have the same title
 */
export function schemaNamer(components: Record<string, unknown>): (schema: Schema) => Schema {
  const shapes = new Map<string, string>()

  function name(schema: Schema): Schema {
    const parts = withNamedParts(schema, name)
    // The examples of a body are those of its media type. A discriminator is for ajv: in a document it would need the names of
    // the schemas, and readers see the values of the property in them.
    const { title, description, examples: _, discriminator: __, ...shape } = parts
    if (title === undefined) return parts
    const named = { description, ...shape }
    const text = JSON.stringify({ ...named, description: undefined })
    if ((shapes.get(title) ?? text) !== text) throw new Error(`Two different schemas have the title ${title}`)
    shapes.set(title, text)
    if (!(title in components)) components[title] = named
    const component = components[title] as Schema
    const $ref = `#/components/schemas/${title}`
    return description === component.description
      ? { $ref }
      : { $ref, ...(description ? { description } : {}) }
  }
  return name
}

function withNamedParts(schema: Schema, name: (part: Schema) => Schema): Schema {
  const { properties, items, additionalProperties, anyOf, oneOf, allOf } = schema
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, name(part)])),
    }),
    ...(items && { items: name(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: name(additionalProperties) }),
    ...(anyOf && { anyOf: anyOf.map(name) }),
    ...(oneOf && { oneOf: oneOf.map(name) }),
    ...(allOf && { allOf: allOf.map(name) }),
  }
}
