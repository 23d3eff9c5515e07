import { test } from 'tap'
import { Type } from 'typebox'
import {
  type ClockEvent,
  clockEvents,
  endOfDayEvent,
  eventReader,
  toMessage,
} from '../../src/events/index.ts'
import { received } from '../support/index.ts'

const read = eventReader<ClockEvent>(clockEvents)
const event = endOfDayEvent('2026-11-22', 'UTC', new Date('2026-11-23T00:00:00Z'), 'end-of-day')
const good = received(toMessage(event, 'k'))
const withValue = (value: string) => ({ ...good, value: Buffer.from(value) })

test('a message of a known type is an event', async t => {
  t.strictSame(read(good), { status: 'event', event })
})

test('unknown fields are accepted', async t => {
  const reading = read(received(toMessage({ ...event, data: { ...event.data, moon: 'full' } }, 'k')))
  t.match(reading, { status: 'event', event: { data: { moon: 'full' } } })
})

test('a time zone is read under its current name', async t => {
  const data = { ...event.data, timeZone: 'Asia/Calcutta' }
  t.strictSame(read(received(toMessage({ ...event, data }, 'k'))), {
    status: 'event',
    event: { ...event, data: { ...event.data, timeZone: 'Asia/Kolkata' } },
  })
})

test('an event with an abbreviation of a time zone is unreadable', async t => {
  const data = { ...event.data, timeZone: 'BST' }
  t.match(read(received(toMessage({ ...event, data }, 'k'))), { status: 'unreadable' })
})

test('an event that violates its schema is unreadable, with a pointer to each fault in its value', async t => {
  const reading = read(received(toMessage({ ...event, data: { day: 'x' } }, 'k')))
  t.match(reading, { status: 'unreadable', error: { message: /^data must have required property/ } })
  const { faults } = (reading as unknown as { error: { faults: { pointer: string; detail: string }[] } })
    .error
  t.match(Object.fromEntries(faults.map(({ pointer, detail }) => [pointer, detail])), {
    '/day': 'must be a date, as in 2026-11-22',
    '/timeZone': 'is missing',
  })
})

test('an unknown type is skipped with any data', async t => {
  t.strictSame(read(received(toMessage({ ...event, type: 'MoonRose', data: null }, 'k'))), {
    status: 'unknown',
    type: 'MoonRose',
  })
})

test('a newer version of a known type is unreadable, and of an unknown type it is unknown', async t => {
  const ofVersion = (type: string, ce_dataschema: string) => {
    const { headers, ...message } = toMessage({ ...event, type }, 'k')
    return read(received({ ...message, headers: { ...headers, ce_dataschema } }))
  }
  t.match(ofVersion('EndOfDay', 'urn:daybook:schema:EndOfDay:2'), {
    status: 'unreadable',
    error: { message: 'ce_dataschema names version 2, and EndOfDay can be read up to version 1' },
  })
  for (const version of ['', '0', '1.5', 'x', '-1'])
    t.match(
      ofVersion('EndOfDay', `urn:daybook:schema:EndOfDay:${version}`),
      { status: 'unreadable' },
      version,
    )
  t.match(ofVersion('MoonRose', 'urn:daybook:schema:MoonRose:2'), { status: 'unknown' })
  t.match(ofVersion('EndOfDay', 'https://example.org/a-schema-of-another-system'), { status: 'event' })
  const without = good.headers.filter(([name]) => String(name) !== 'ce_dataschema')
  t.match(read({ ...good, headers: without }), { status: 'event' })
})

test('a type named like a property of every object is unknown', async t => {
  for (const type of ['constructor', '__proto__', 'toString']) {
    t.match(read(received(toMessage({ ...event, type }, 'k'))), { status: 'unknown', type })
  }
})

test('a message that lacks a header or is not JSON is unreadable', async t => {
  const headers = good.headers.filter(([name]) => String(name) !== 'ce_id')
  t.match(read({ ...good, headers }), { status: 'unreadable', error: { message: /ce_id is missing/ } })
  t.match(read(withValue('{')), { status: 'unreadable', error: { message: 'the value is not JSON' } })
  t.match(read({ ...good, value: null }), { status: 'unreadable', error: { message: /no value/ } })
})

test('the error names every fault of the data', async t => {
  const reading = read(withValue('{"day":"2026-02-30","timeZone":""}'))
  t.match(reading, { status: 'unreadable' })
  const { message } = (reading as { error: Error }).error
  for (const what of ['data/day', 'data/timeZone', "'endedAt'"]) t.match(message, what)
})

test('data that are not an object are unreadable', async t => {
  for (const value of ['null', '[]', '"text"', '1'])
    t.match(read(withValue(value)), { status: 'unreadable' }, value)
})

test('JSON that is nested deeper than the stack is unreadable and does not end the process', async t => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
  t.match(read(withValue(deep)), { status: 'unreadable' })
  t.match(read(withValue(`{"day":${deep}}`)), { status: 'unreadable' })
})

test('the message of the error is short enough to be stored', async t => {
  const schema = Type.Object({ tags: Type.Array(Type.String()) })
  const reader = eventReader({ Tagged: schema } as never)
  const value = JSON.stringify({ tags: Array(100_000).fill(1) })
  const reading = reader({
    ...received(toMessage({ ...event, type: 'Tagged' }, 'k')),
    value: Buffer.from(value),
  })
  const { message } = (reading as { error: Error }).error
  t.match(message, /data\/tags\/0 must be string/)
  t.ok(message.length < 3000)
})
