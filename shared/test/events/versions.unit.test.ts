import { test } from 'tap'
import { Type } from 'typebox'
import { schemasOf } from '../../src/contract/json-schemas.ts'
import { earlierVersions, eventReader, toMessage } from '../../src/events/index.ts'
import { received } from '../support/index.ts'

// The type Weighed has three versions: grams, then grams with a scale, then kilograms.
earlierVersions.set('Weighed', [
  {
    schema: Type.Object({ grams: Type.Integer() }),
    upcast: ({ grams }: { grams: number }) => ({ grams, scale: 'unknown' }),
  },
  {
    schema: Type.Object({ grams: Type.Integer(), scale: Type.String() }),
    upcast: ({ grams, scale }: { grams: number; scale: string }) => ({ kilograms: grams / 1000, scale }),
  },
])
const Weighed = Type.Object({ kilograms: Type.Number(), scale: Type.String() })
const read = eventReader({ Weighed })

const event = { id: '1', type: 'Weighed', source: '/s', subject: 'x', time: '2026-11-22T10:00:00Z' }
const current = { kilograms: 2, scale: 'kitchen' }

/** Reads an event with data of a version, as it was published then. */
function reading(version: number | undefined, data: object) {
  const { headers, ...message } = toMessage({ ...event, data }, 'k')
  const { ce_dataschema, ...others } = headers
  const named = version === undefined ? {} : { ce_dataschema: `urn:daybook:schema:Weighed:${version}` }
  return read(received({ ...message, headers: { ...others, ...named } }))
}

test('an event of each earlier version is read with data of the current one', async t => {
  t.match(reading(1, { grams: 2000 }), {
    status: 'event',
    event: { data: { kilograms: 2, scale: 'unknown' } },
  })
  t.match(reading(2, { grams: 2000, scale: 'kitchen' }), { status: 'event', event: { data: current } })
  t.match(reading(3, current), { status: 'event', event: { data: current } })
})

test('an event that names no version is of version 1', async t => {
  t.match(reading(undefined, { grams: 5 }), {
    status: 'event',
    event: { data: { kilograms: 0.005, scale: 'unknown' } },
  })
})

test('data are validated by the schema of their own version', async t => {
  t.match(reading(1, { grams: 'many' }), { status: 'unreadable', error: { message: /data\/grams/ } })
  t.match(reading(2, current), { status: 'unreadable' })
  t.match(reading(3, { grams: 1 }), { status: 'unreadable' })
})

test('a version that is newer than this code is unreadable', async t => {
  t.match(reading(4, current), { status: 'unreadable', error: { message: /up to version 3/ } })
})

test('events are published in the current version, and each version has its JSON Schema', async t => {
  t.equal(toMessage({ ...event, data: current }, 'k').headers.ce_dataschema, 'urn:daybook:schema:Weighed:3')
  t.match(schemasOf('Weighed', Weighed), [
    { version: 1, schema: { $id: 'urn:daybook:schema:Weighed:1', properties: { grams: {} } } },
    { version: 2, schema: { $id: 'urn:daybook:schema:Weighed:2', properties: { grams: {}, scale: {} } } },
    { version: 3, schema: { $id: 'urn:daybook:schema:Weighed:3', properties: { kilograms: {}, scale: {} } } },
  ])
})
