import { test } from 'tap'
import type { Episode } from '../../src/mail/episode.ts'
import { mailText, oneLine } from '../../src/mail/mail-text.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 26) + minutes * 60_000)
const episode: Episode = {
  _id: 'id',
  version: 1,
  key: 'key',
  mails: 1,
  about: 'kind send-invoice',
  error: 'timeout for job 12',
  link: 'http://127.0.0.1:3003/jobs/12',
  detail: 'Error: timeout\n  at send.ts:1',
  to: [],
  isMixed: false,
  count: 12,
  told: 1,
  firstAt: at(0),
  lastAt: at(20),
  recoveredAt: at(30),
  recent: Array.from({ length: 12 }, (_, i) => `${at(i).toISOString()} job-${i}`),
}

test('the first mail has the error, the failures, the detail and the link', async t => {
  const { subject, text } = mailText({ ...episode, count: 1, told: 0 }, 'first')
  t.equal(subject, '[Daybook] Failed: kind send-invoice: timeout for job 12')
  t.match(text, 'kind send-invoice failed: once, at 2026-11-26T00:00:00.000Z.')
  for (const part of ['  timeout for job 12', 'at send.ts:1', '/jobs/12', 'job-11']) t.match(text, part)
  t.notMatch(text, 'job-1\n', 'only the last ten failures are listed')
})

test('a digest counts the failures since the last mail and in all', async t => {
  const { subject, text } = mailText(episode, 'more')
  t.equal(subject, '[Daybook] Failed 11 times more: kind send-invoice: timeout for job 12')
  t.match(text, '11 times since the last mail, 12 times in all')
})

test('the mail about the end has the counts', async t => {
  const { subject, text } = mailText(episode, 'over')
  t.equal(subject, '[Daybook] Over: kind send-invoice: timeout for job 12')
  t.match(text, 'succeeded again at 2026-11-26T00:30:00.000Z. It had failed 12 times')
  t.notMatch(text, 'job-11')
})

test('a mail says that it is the last one under the cap, and that it has several errors', async t => {
  const { text } = mailText({ ...episode, isMixed: true }, 'more', at(60))
  t.match(text, 'wait until 2026-11-26T01:00:00.000Z')
  t.match(text, 'many different errors')
})

test('a subject is one line of text without control characters, and is not too long', async t => {
  t.equal(oneLine('a\r\nBcc: b\u2028c\u0000d\te'), 'a Bcc: b c d e')
  const long = oneLine(`${'x'.repeat(148)}😀😀`)
  t.equal(long.length, 150)
  t.ok(long.isWellFormed())
})
