import { test } from 'tap'
import { fromMessage } from '../../src/events/cloud-event.ts'
import { endOfDayEvent, schemaId, toMessage } from '../../src/events/index.ts'
import { asHeaders, type Header } from '../../src/kafka/index.ts'
import { received } from '../support/index.ts'

const endedAt = new Date('2026-11-22T23:00:00.000Z')
const event = endOfDayEvent('2026-11-22', 'Europe/Berlin', endedAt, 'end-of-day')
const message = received(toMessage(event, 'k'))
const attributes = ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_subject', 'ce_time']
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

test('an event is a CloudEvent in binary mode: attributes in headers, data as the value', async t => {
  t.strictSame(toMessage({ ...event, traceparent }, 'a key'), {
    key: 'a key',
    value: '{"day":"2026-11-22","timeZone":"Europe/Berlin","endedAt":"2026-11-22T23:00:00.000Z"}',
    headers: {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: 'end-of-day:Europe/Berlin:2026-11-22',
      ce_type: 'EndOfDay',
      ce_source: '/daybook/scheduler',
      ce_subject: 'end-of-day',
      ce_time: '2026-11-22T23:00:00.000Z',
      ce_dataschema: schemaId('EndOfDay'),
      traceparent,
    },
  })
})

test('an event is the same after it is sent and read', async t => {
  t.strictSame(fromMessage(received(toMessage(event, 'k'))), event)
  t.strictSame(fromMessage(received(toMessage({ ...event, traceparent }, 'k'))), { ...event, traceparent })
})

test('text of every script is the same after it is sent and read', async t => {
  const data = { name: '买菜 🧺 café\nline\u0000 "quoted" \u2028' }
  t.strictSame(fromMessage(received(toMessage({ ...event, data }, 'k'))).data, data)
})

test('an event without a trace context has no header for it', async t => {
  t.notOk('traceparent' in toMessage(event, 'k').headers)
})

test('each missing attribute is named', async t => {
  for (const name of attributes) {
    const headers = message.headers.filter(([other]) => String(other) !== name)
    t.throws(() => fromMessage({ ...message, headers }), { message: `the header ${name} is missing` })
  }
})

test('an attribute must occur once, as UTF-8', async t => {
  for (const name of attributes) {
    const others = message.headers.filter(([other]) => String(other) !== name)
    const [own] = asHeaders({ [name]: 'x' })
    const reads = (...headers: Header[]) => fromMessage({ ...message, headers: [...others, ...headers] })
    const [key = Buffer.alloc(0)] = own ?? []
    t.throws(() => reads([key, null]), { message: `the header ${name} has no value` })
    t.throws(() => reads([key, Buffer.from([0xe9])]), { message: `the header ${name} is not UTF-8` })
    t.throws(() => reads([key, Buffer.from('x')], [key, Buffer.from('x')]), {
      message: `the header ${name} occurs 2 times`,
    })
  }
})

test('other headers may hold any bytes', async t => {
  const others = ['__proto__', 'constructor', '_bsontype', '', 'ce_type\0', 'CE_TYPE'].map(name =>
    Buffer.from(name),
  )
  const any = [...others, Buffer.from([0xff])].flatMap((name): Header[] => [
    [name, null],
    [name, Buffer.from([0xff])],
  ])
  t.strictSame(fromMessage({ ...message, headers: [...any, ...message.headers] }), event)
})

test('an invalid trace context is ignored', async t => {
  const name = Buffer.from('traceparent')
  const of = (...values: (Buffer | null)[]) =>
    fromMessage({
      ...message,
      headers: [...message.headers, ...values.map((value): Header => [name, value])],
    })
  t.strictSame(of(Buffer.from('a'), Buffer.from('a')), event)
  t.strictSame(of(null), event)
  t.strictSame(of(Buffer.from([0xff])), event)
  t.equal(of(Buffer.from(traceparent)).traceparent, traceparent)
})

test('another version of CloudEvents, a missing value, and a value that is not JSON are rejected', async t => {
  const headers = asHeaders({ ...toMessage(event, 'k').headers, ce_specversion: '0.3' })
  t.throws(() => fromMessage({ ...message, headers }), { message: 'ce_specversion is not 1.0' })
  t.throws(() => fromMessage({ ...message, value: null }), { message: 'the record has no value' })
  t.throws(() => fromMessage({ ...message, value: Buffer.from('{"day":') }), {
    message: 'the value is not JSON',
  })
  t.throws(() => fromMessage({ ...message, value: Buffer.from([0x22, 0xe9, 0x22]) }), {
    message: 'the value is not UTF-8',
  })
})

test('ending a day twice is one event', async t => {
  const later = endOfDayEvent('2026-11-22', 'Europe/Berlin', new Date(), 'by hand')
  t.equal(later.id, event.id)
})
