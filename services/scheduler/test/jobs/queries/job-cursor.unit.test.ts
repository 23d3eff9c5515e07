import { test } from 'tap'
import { readCursor, writeCursor } from '../../../src/jobs/queries/job-cursor.ts'

test('a cursor is the place after a job', async t => {
  for (const id of ['0199a0b2-0000-7000-8000-000000000000', 'invoice:4711~a.b_c', 'x'.repeat(255)])
    t.equal(readCursor(writeCursor(id)), id)
})

test('a text that is no cursor is refused with a pointer', async t => {
  for (const text of ['', 'invoice', Buffer.from('a b').toString('base64url'), `${writeCursor('job-1')}=`])
    t.throws(() => readCursor(text, '/cursor'), {
      code: 'DAYBOOK_REQUEST_INVALID',
      faults: [{ pointer: '/cursor' }],
    })
})
