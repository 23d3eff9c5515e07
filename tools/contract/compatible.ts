import { isDeepStrictEqual } from 'node:util'

/** A JSON Schema as it is committed. */
export type JsonSchema = { [keyword: string]: unknown }

// They say nothing about which data are valid.
const annotations = ['$schema', 'title', 'description', 'examples', 'default']
const nested = ['properties', 'patternProperties', 'required', 'items', 'enum']

/**
 * Says how a schema differs from an earlier state of the same version, in a way that breaks a reader. Events are kept for ever,
 * and other teams validate new ones by the schema that they have. So new events must be valid by the earlier schema, and earlier
 * events by the new one: only optional fields may be added, and descriptions may change.
 * @returns one text for each difference, none if the schemas are compatible
 */
export function incompatibilities(before: JsonSchema, after: JsonSchema, place = 'data'): string[] {
  return [
    ...fieldFaults(before, after, place),
    ...enumFaults(before, after, place),
    ...changedKeywords(before, after, place),
    ...partFaults(before, after, place),
  ]
}

function fieldFaults(before: JsonSchema, after: JsonSchema, place: string): string[] {
  const [fields, known] = [schemasIn(after.properties), schemasIn(before.properties)]
  const [required, wasRequired] = [asList(after.required), asList(before.required)]
  return [
    ...[...known.keys()].filter(name => !fields.has(name)).map(name => `${place}/${name} is removed`),
    ...required
      .filter(name => !wasRequired.includes(name))
      .map(name => `${place}/${name} is required, and earlier events may lack it`),
    ...wasRequired
      .filter(name => !required.includes(name))
      .map(name => `${place}/${name} is not required any more, and readers expect it`),
  ]
}

function enumFaults(before: JsonSchema, after: JsonSchema, place: string): string[] {
  if (before.enum === undefined && after.enum === undefined) return []
  if (before.enum === undefined || after.enum === undefined) return [`${place} has another enum`]
  const [values, known] = [asList(after.enum), asList(before.enum)]
  return [
    ...known
      .filter(value => !values.includes(value))
      .map(value => `${place} excludes ${JSON.stringify(value)}, which earlier events may have`),
    ...values
      .filter(value => !known.includes(value))
      .map(value => `${place} allows ${JSON.stringify(value)}, which readers refuse`),
  ]
}

/** Every other keyword, for example `type`, `pattern` and `maximum`: a change accepts too much for a reader or too little. */
const changedKeywords = (before: JsonSchema, after: JsonSchema, place: string): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(keyword => !annotations.includes(keyword) && !nested.includes(keyword))
    .filter(keyword => !isDeepStrictEqual(before[keyword], after[keyword]))
    .map(
      keyword =>
        `${place} has another ${keyword}: ${textOf(after[keyword])}, before ${textOf(before[keyword])}`,
    )

/** The differences within the fields that both schemas have, and within the items of arrays. */
function partFaults(before: JsonSchema, after: JsonSchema, place: string): string[] {
  const parts = (schema: JsonSchema) =>
    new Map([
      ...schemasIn(schema.properties),
      ...[...schemasIn(schema.patternProperties)].map(([name, part]) => [`{${name}}`, part] as const),
      ...(schema.items ? [['[]', schema.items as JsonSchema] as const] : []),
    ])
  const [known, now] = [parts(before), parts(after)]
  const common = [...known].flatMap(([name, part]) => {
    const other = now.get(name)
    return other === undefined ? [] : incompatibilities(part, other, `${place}/${name}`)
  })
  // A field may be new or, as `fieldFaults` says, removed. The schemas of other parts stay.
  const others = [...new Set([...known.keys(), ...now.keys()])].filter(name => /^[{[]/.test(name))
  const changed = others.filter(name => known.has(name) !== now.has(name))
  return [
    ...common,
    ...changed.map(name => `${place}/${name} is ${now.has(name) ? 'restricted' : 'removed'}`),
  ]
}

const asList = (list: unknown) => (list ?? []) as string[]
const schemasIn = (object: unknown) => new Map(Object.entries((object ?? {}) as Record<string, JsonSchema>))
const textOf = (value: unknown) => JSON.stringify(value) ?? 'none'
