import { test } from 'tap'
import { incompatibilities, type JsonSchema } from '../../contract/compatible.ts'

const task: JsonSchema = {
  type: 'object',
  description: 'A task',
  required: ['id', 'state'],
  properties: {
    id: { type: 'string', maxLength: 10 },
    state: { enum: ['open', 'completed'] },
    notes: { type: ['string', 'null'] },
    tags: { type: 'array', items: { type: 'string', minLength: 1 } },
    owner: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
    offsets: { type: 'object', patternProperties: { '^.*$': { type: 'string' } } },
  },
}

/** The faults after a change of the schema. */
function after(change: (schema: typeof task & { properties: Record<string, JsonSchema> }) => void): string[] {
  const changed = structuredClone(task) as Parameters<typeof change>[0]
  change(changed)
  return incompatibilities(task, changed)
}

test('other descriptions, titles and examples are compatible', async t => {
  t.strictSame(
    after(schema => Object.assign(schema, { description: 'x', title: 'y', examples: [{}] })),
    [],
  )
})

test('a new optional field is compatible, at the top and within another field', async t => {
  t.strictSame(
    after(({ properties }) => {
      properties.dueOn = { type: 'string' }
      Object.assign(properties.owner?.properties ?? {}, { mail: { type: 'string' } })
    }),
    [],
  )
})

test('removing a field breaks readers, also within another field and when it was optional', async t => {
  t.strictSame(
    after(({ properties }) => {
      delete properties.notes
    }),
    ['data/notes is removed'],
  )
  t.strictSame(
    after(({ properties }) => {
      properties.owner = { type: 'object', required: ['name'], properties: {} }
    }),
    ['data/owner/name is removed'],
  )
})

test('a required field that was optional or did not exist breaks the reading of earlier events', async t => {
  const required = (name: string) =>
    after(schema => {
      schema.properties[name] ??= { type: 'string' }
      schema.required = ['id', 'state', name]
    })
  t.strictSame(required('notes'), ['data/notes is required, and earlier events may lack it'])
  t.strictSame(required('dueOn'), ['data/dueOn is required, and earlier events may lack it'])
})

test('a field that is not required any more breaks readers', async t => {
  t.strictSame(
    after(schema => {
      schema.required = ['id']
    }),
    ['data/state is not required any more, and readers expect it'],
  )
})

test('another type breaks readers, also in the items of an array and the values of a record', async t => {
  const typed = (change: (fields: Record<string, JsonSchema>) => void) =>
    after(({ properties }) => change(properties))
  const text = { type: 'string' }
  t.strictSame(
    typed(fields => {
      fields.notes = text
    }),
    ['data/notes has another type: "string", before ["string","null"]'],
  )
  t.strictSame(
    typed(fields => {
      fields.tags = { type: 'array', items: { type: 'integer', minLength: 1 } }
    }),
    ['data/tags/[] has another type: "integer", before "string"'],
  )
  t.match(
    typed(fields => {
      fields.offsets = { type: 'object', patternProperties: { '^.*$': { type: 'integer' } } }
    }),
    [/another type: "integer"/],
  )
})

test('a value that an enum loses or gets breaks readers', async t => {
  const states = (...values: string[]) =>
    after(({ properties }) => {
      properties.state = { enum: values }
    })
  t.strictSame(states('open'), ['data/state excludes "completed", which earlier events may have'])
  t.strictSame(states('open', 'completed', 'gone'), ['data/state allows "gone", which readers refuse'])
  t.strictSame(
    after(({ properties }) => {
      properties.state = {}
    }),
    ['data/state has another enum'],
  )
})

test('another limit, pattern or rule about unknown fields breaks readers', async t => {
  t.strictSame(
    after(({ properties }) => {
      properties.id = { type: 'string', maxLength: 20 }
    }),
    ['data/id has another maxLength: 20, before 10'],
  )
  t.strictSame(
    after(({ properties }) => {
      properties.id = { type: 'string', maxLength: 10, pattern: '^a' }
    }),
    ['data/id has another pattern: "^a", before none'],
  )
  t.strictSame(
    after(schema => {
      schema.additionalProperties = false
    }),
    ['data has another additionalProperties: false, before none'],
  )
})

test('items of any type that get a schema, or lose it, break readers', async t => {
  t.strictSame(
    after(({ properties }) => {
      properties.tags = { type: 'array' }
    }),
    ['data/tags/[] is removed'],
  )
  const any = { type: 'array' }
  t.strictSame(incompatibilities(any, { ...any, items: {} }), ['data/[] is restricted'])
})
