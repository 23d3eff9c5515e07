import { Ajv, type AnySchemaObject, type Options, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type Fault, pointerTo } from '../failures/errors.ts'
import { faultsOf } from './faults.ts'
import { withinTime } from './within-time.ts'

/** JSON Schemas that users write. */

const MAX_BYTES = 32_768
const MAX_DEPTH = 100
// Both are far longer than any useful schema takes, because a busy machine must not refuse what is valid.
const COMPILE_MS = 5000
const VALIDATE_MS = 1000

type Draft = new (options: Options) => Ajv

const drafts: Record<string, Draft> = {
  'https://json-schema.org/draft/2020-12/schema': Ajv2020,
  'http://json-schema.org/draft-07/schema': Ajv,
}

const options: Options = {
  allErrors: true,
  verbose: true,
  // A keyword or a format that is not known is a typing error. Other rules of ajv's strict mode refuse schemas that are valid.
  strict: false,
  strictSchema: true,
  // A schema with many references would become much code.
  inlineRefs: false,
  // Done once for each schema, by validators that know the draft already.
  validateSchema: false,
  logger: false,
}

/** With these keywords the time of a validation can grow faster than the data: nested repetitions, comparisons of all pairs. */
const slow = new Set(['pattern', 'patternProperties', 'uniqueItems', '$ref', '$dynamicRef', 'format'])

/**
 * Returns the faults of a schema. Everything that it refers to must be in the schema itself.
 * @returns faults with pointers into the schema
 */
export function schemaFaults(schema: AnySchemaObject): Fault[] {
  const bytes = Buffer.byteLength(JSON.stringify(schema))
  if (bytes > MAX_BYTES) return [fault([], `must have at most ${MAX_BYTES} bytes as JSON; it has ${bytes}`)]
  const keys = keysOf(schema)
  const deep = keys.find(({ path }) => path.length > MAX_DEPTH)
  if (deep !== undefined) return [fault([], `must not be nested deeper than ${MAX_DEPTH}`)]
  if (draftOf(schema) === undefined)
    return [fault(['$schema'], `must be one of: ${Object.keys(drafts).join(', ')}`)]
  const async = keys.find(({ key }) => key === '$async')
  if (async !== undefined) return [fault(async.path, 'is not known here')]
  const meta = metaOf(draftOf(schema) ?? Ajv2020)
  if (meta.validateSchema(schema) !== true) return faultsOf(meta.errors ?? [])
  const faults = withinTime(COMPILE_MS, () => compileFaults(schema))
  return faults === 'late' ? [fault([], 'is too complex: simplify it')] : faults
}

function compileFaults(schema: AnySchemaObject): Fault[] {
  try {
    return checker(ajvOf(schema).compile(schema))(null).filter(({ detail }) => detail === ENDLESS)
  } catch (error) {
    if (error instanceof RangeError) return [fault([], ENDLESS)]
    const { message, missingRef } = error as Error & { missingRef?: string }
    const word = missingRef ?? /^strict mode: unknown keyword: "(.*)"$/.exec(message)?.[1]
    const found = keysOf(schema).find(({ key, value }) =>
      missingRef === undefined ? key === word : key === '$ref' && missingRef.endsWith(String(value)),
    )
    const detail =
      missingRef === undefined ? message : 'is not found in the schema, and other schemas are not read'
    return [fault(found?.path ?? [], detail)]
  }
}

/**
 * Compiles a schema without faults.
 * @returns a function that returns the faults of a value, with pointers into the value
 */
export function compileSchema(schema: AnySchemaObject): (value: unknown) => Fault[] {
  const check = checker(ajvOf(schema).compile(schema))
  if (!keysOf(schema).some(({ key }) => slow.has(key))) return check
  return value => {
    const faults = withinTime(VALIDATE_MS, () => check(value))
    if (faults !== 'late') return faults
    return [fault([], `takes more than ${VALIDATE_MS} ms to check against the schema: simplify its patterns`)]
  }
}

const ENDLESS = 'cannot be checked: the schema refers to itself without an end'

const checker = (validate: ValidateFunction) => (value: unknown) => {
  try {
    return validate(value) ? [] : faultsOf(validate.errors ?? [])
  } catch (error) {
    // The stack is full.
    if (error instanceof RangeError) return [fault([], ENDLESS)]
    throw error
  }
}

const draftOf = ({ $schema }: AnySchemaObject) =>
  $schema === undefined ? Ajv2020 : drafts[String($schema).replace(/#$/, '')]

const metas = new Map<Draft, Ajv>()

/** A validator of schemas of a draft. It is made once, because it takes long to compile. */
function metaOf(draft: Draft): Ajv {
  const known = metas.get(draft) ?? new draft({ ...options, strictSchema: false })
  metas.set(draft, known)
  return known
}

const ajvOf = (schema: AnySchemaObject): Ajv => addFormats.default(new (draftOf(schema) ?? Ajv2020)(options))

const fault = (path: (string | number)[], detail: string): Fault => ({ pointer: pointerTo(path), detail })

interface Key {
  path: string[]
  key: string
  value: unknown
}

/** All keys of an object and of what is in it, without recursion: the depth is not checked yet. */
function keysOf(root: object): Key[] {
  const found: Key[] = []
  const open: { path: string[]; value: object }[] = [{ path: [], value: root }]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const [key, value] of Object.entries(at.value)) {
      const path = [...at.path, key]
      found.push({ path, key, value })
      if (typeof value === 'object' && value !== null) open.push({ path, value })
    }
  }
  return found
}
