import { makeCertificate } from '@daybook/shared/testing'
import { test } from 'tap'
import { waitingMail } from '../../src/mail/sending/mail.ts'
import { smtpServer } from '../../src/mail/sending/smtp.ts'
import { startSmtp } from '../support/smtp.ts'

const authority = makeCertificate('authority')
const certificate = makeCertificate('server', authority)
const to = ['ops@example.org']
const mail = waitingMail({ _id: 'id', to, subject: 'boom', text: 'boom', decidedAt: new Date() })
const { signal } = new AbortController()
const send = (url: string, ca?: string) =>
  smtpServer({ url, from: 'daybook@example.org', ca }).send(mail, signal)
const as = (login: string, url: string) => url.replace('//', `//${login}@`)

for (const from of ['first byte', 'STARTTLS'] as const) {
  test(`a mail is sent with a login, encrypted from ${from}`, async t => {
    const smtp = await startSmtp(t, { tls: { from, certificate }, password: 'p@ss' })
    const url = as('user:p%40ss', smtp.url)
    t.match(await send(url, authority.cert), { result: 'answered', refused: [], deferred: [] })
    t.match(smtp.mails, [{ secure: true, user: 'user' }])
  })

  test(`a certificate of another authority or host is refused, encrypted from ${from}`, async t => {
    const smtp = await startSmtp(t, { tls: { from, certificate } })
    const refused = (why: string) => ({
      result: 'away',
      reason: new RegExp(`^No secure connection to the SMTP server \\(.*${why}.*: SMTP_TLS_CA must be`),
    })
    const stranger = makeCertificate('authority')
    t.match(await send(smtp.url, stranger.cert), refused('certificate'))
    t.match(await send(smtp.url), refused('unable to verify'), 'the authorities of Node')
    t.match(await send(smtp.url.replace('127.0.0.1', 'localhost'), authority.cert), refused('localhost'))
    t.strictSame(smtp.mails, [])
  })
}

test('a wrong password is refused with the settings to correct', async t => {
  const smtp = await startSmtp(t, { tls: { from: 'STARTTLS', certificate }, password: 'right' })
  t.match(await send(as('user:wrong', smtp.url), authority.cert), {
    result: 'away',
    reason: /^the SMTP server refuses the login \(.*535.*\): the user and the password in SMTP_URL must/,
  })
  t.strictSame(smtp.mails, [])
})

test('requireTLS refuses a server without STARTTLS', async t => {
  const smtp = await startSmtp(t)
  t.match(await send(`${smtp.url}/?requireTLS=true`), { result: 'away', reason: /STARTTLS/ })
  t.strictSame(smtp.mails, [])
})
