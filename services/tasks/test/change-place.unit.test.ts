import { test } from 'tap'
import { beginning, placeOf, readSince, readThrough, writeSince } from '../src/change-place.ts'
import { taskId } from './support/given.ts'

const NOW = 1_800_000_000
const at = (seconds: number) => ({ at: placeOf(NOW + seconds), id: taskId })
const through = (since = beginning, page: Partial<Parameters<typeof readThrough>[1]> = {}) =>
  readThrough(since, { last: at(-100), more: true, now: NOW, ...page })
const back = (seconds: number) => ({ at: placeOf(NOW + seconds), id: '' })

test('the next page begins after the last task of the page', async t => {
  t.strictSame(through(), { ...at(-100), back: undefined })
  t.strictSame(through(beginning, { last: at(-5) }), { ...at(-5), back: back(-30).at })
})

test('after the last page, reading goes back to 30 s before the time of the page', async t => {
  t.strictSame(through(beginning, { more: false }), back(-30))
  t.strictSame(through(beginning, { more: false, last: at(-5) }), back(-30))
  t.strictSame(through(back(-60), { more: false, last: undefined }), back(-30))
})

test('after many pages, reading goes back to 30 s before the first of them that had a recent change', async t => {
  let since = through(beginning, { last: at(-1) })
  for (let second = 1; second < 90; second += 1) {
    since = through(since, { last: at(second), now: NOW + second })
    t.equal(since.back, back(-30).at)
  }
  t.strictSame(through(since, { more: false, last: at(99), now: NOW + 99 }), back(-30))
})

test('a decoded token is the encoded place, and needs no encoding in a URL', async t => {
  for (const since of [beginning, back(-30), through(), through(beginning, { last: at(-1) })]) {
    t.match(readSince(writeSince(since)), since)
    t.equal(encodeURIComponent(writeSince(since)), writeSince(since))
  }
})

test('a text that is not a token is refused with a pointer to the parameter', async t => {
  const encoded = (text: string) => Buffer.from(text).toString('base64url')
  for (const text of [
    '',
    'x',
    '💐',
    ...['-1 ', '1', `1 ${taskId} `, '1 x', `1 ${taskId} 1 1`].map(encoded),
  ]) {
    t.throws(() => readSince(text), {
      code: 'DAYBOOK_REQUEST_INVALID',
      faults: [{ pointer: '/querystring/since' }],
    })
  }
})
