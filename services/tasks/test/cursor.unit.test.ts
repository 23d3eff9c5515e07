import { test } from 'tap'
import { readCursor, writeCursor } from '../src/cursor.ts'
import { taskId } from './support/given.ts'

const place = { updatedAt: '2026-11-22T08:00:00.123Z', id: taskId }

test('a cursor leads back to its place', async t => {
  t.strictSame(readCursor(writeCursor(place)), place)
})

test('a cursor can stand in a URL as it is', async t => {
  const cursor = writeCursor(place)
  t.equal(encodeURIComponent(cursor), cursor)
})

test('what is no cursor is refused, pointing at it', async t => {
  const other = (text: string) => Buffer.from(text).toString('base64url')
  for (const text of [
    '',
    'x',
    '💐',
    other(taskId),
    other(`yesterday ${taskId}`),
    other(`${place.updatedAt} ${taskId} more`),
    other('{"$gt":""}'),
  ]) {
    t.throws(() => readCursor(text), {
      code: 'DAYBOOK_REQUEST_INVALID',
      faults: [{ pointer: '/querystring/cursor' }],
    })
  }
})
