import { test } from 'tap'
import { afterAttempt, type Mail, waitingMail } from '../../src/mail/sending/mail.ts'

const begin = Date.UTC(2026, 10, 26)
const at = (seconds: number) => new Date(begin + seconds * 1000)
const decided = (to: string[]) => waitingMail({ _id: 'a', to, subject: 's', text: 't', decidedAt: at(0) })
const refusal = (address: string) => ({ address, reason: '550 no' })

test('an unusable server is waited for without end, with growing pauses of at most five minutes', async t => {
  let mail: Mail = decided(['a@x', 'b@x'])
  const pauses: number[] = []
  for (let n = 0; n < 9; n += 1) {
    const now = at(30 * 86_400)
    const progress = afterAttempt(mail, { result: 'away', reason: 'gone' }, now)
    t.match(progress, { state: 'waiting', left: ['a@x', 'b@x'], trouble: 'gone' })
    pauses.push(((progress.nextAt ?? now).getTime() - now.getTime()) / 1000)
    mail = { ...mail, ...progress }
  }
  t.strictSame(pauses, [5, 10, 20, 40, 80, 160, 300, 300, 300])
})

test('only the deferred addresses get the mail again, for five days', async t => {
  const mail = decided(['a@x', 'b@x', 'c@x'])
  const attempt = { result: 'answered' as const, refused: [refusal('a@x')], deferred: [refusal('b@x')] }
  t.match(afterAttempt(mail, attempt, at(1)), { state: 'waiting', left: ['b@x'], refusals: [refusal('a@x')] })
  const late = afterAttempt(mail, attempt, at(5 * 86_400 + 1))
  t.match(late, { state: 'sent', left: [], refusals: [refusal('a@x'), refusal('b@x')] })
  t.equal(late.nextAt, undefined)
})

test('a mail is refused when every address is, also when one never was an address', async t => {
  const mail = decided(['a@x', 'x\r\nBcc: evil@x', 'Name <b@x>'])
  t.strictSame(mail.left, ['a@x'])
  t.equal(mail.refusals.length, 2)
  const answered = { result: 'answered' as const, deferred: [] }
  t.match(afterAttempt(mail, { ...answered, refused: [refusal('a@x')] }, at(1)), { state: 'refused' })
  t.match(afterAttempt(mail, { ...answered, refused: [] }, at(1)), { state: 'sent', endedAt: at(1) })
})
