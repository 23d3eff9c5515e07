import { test } from 'tap'
import { type Order, orders, readCursor, writeCursor } from '../src/cursor.ts'
import { taskId } from './support/given.ts'

const place = { updatedAt: '2026-11-22T08:00:00.123Z', id: taskId }
const encoded = (text: string) => Buffer.from(text).toString('base64url')
const refused = (detail: RegExp) => ({
  code: 'DAYBOOK_REQUEST_INVALID',
  faults: [{ pointer: '/querystring/cursor', detail }],
})

test('a decoded cursor is the encoded place', async t => {
  t.match(readCursor(writeCursor(place, '-updatedAt'), '-updatedAt'), place)
  t.match(readCursor(writeCursor(place, '-createdAt'), '-createdAt'), { id: place.id })
})

test('a cursor needs no encoding in a URL', async t => {
  for (const order of orders) {
    const cursor = writeCursor(place, order)
    t.equal(encodeURIComponent(cursor), cursor)
  }
})

test('a cursor of one order is refused in the other', async t => {
  const other: Record<Order, Order> = { '-createdAt': '-updatedAt', '-updatedAt': '-createdAt' }
  for (const order of orders) {
    t.throws(() => readCursor(writeCursor(place, order), other[order]), refused(/belongs to the order by/))
  }
})

test('a cursor of an earlier version is valid with sort=-updatedAt, and its refusal without it says what to do', async t => {
  const old = 'MjAyNi0xMS0yMlQwODowMDowMC4xMjNaIDAxOWFiMGMwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMQ'
  t.throws(() => readCursor(old, '-createdAt'), refused(/was the default before: .* sort=-updatedAt/))
  t.match(readCursor(old, '-updatedAt'), place)
})

test('a text that is not a cursor is refused with a pointer to the parameter', async t => {
  for (const text of [
    '',
    'x',
    '💐',
    encoded(`${taskId} `),
    encoded(`${'-'.repeat(36)}`),
    encoded(`yesterday ${taskId}`),
    encoded(`${'x'.repeat(24)} ${taskId}`),
    encoded(`${place.updatedAt} ${taskId} more`),
    encoded('{"$gt":""}'),
  ]) {
    for (const order of orders) t.throws(() => readCursor(text, order), refused(/is not a cursor/))
  }
})
