import { test } from 'tap'
import { readWorkerCursor, writeWorkerCursor } from '../../../src/jobs/queries/worker-cursor.ts'

const id = '0190a3b2-7c4d-7e5f-8a6b-9c0d1e2f3a4b'

test('a cursor is the place after a worker', async t => {
  for (const name of ['', 'mailer', 'the mailer\nin Köln'])
    for (const stopped of [true, false]) {
      const place = { stopped, name, id }
      t.strictSame(readWorkerCursor(writeWorkerCursor(place)), place)
    }
})

test('a text that is no cursor is refused with a pointer', async t => {
  const texts = ['', 'mailer', `Alive ${id} x`, `lost ${id} x`, 'alive x y']
  for (const text of ['', 'mailer', ...texts.map(one => Buffer.from(one).toString('base64url'))])
    t.throws(() => readWorkerCursor(text), {
      code: 'DAYBOOK_REQUEST_INVALID',
      faults: [{ pointer: '/querystring/cursor' }],
    })
})
