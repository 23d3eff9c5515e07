import { test } from 'tap'
import { waitingMail } from '../../src/mail/sending/mail.ts'
import { smtpServer } from '../../src/mail/sending/smtp.ts'
import { refused, startSmtp } from '../support/smtp.ts'

const FROM = 'daybook@example.org'
const to = ['a@example.org', 'b@example.org']
const mail = waitingMail({ _id: 'id', to, subject: 'boom', text: 'boom', decidedAt: new Date() })
const { signal } = new AbortController()

test('a refusal of the sender or of the message for good is one of all addresses', async t => {
  const smtp = await startSmtp(t)
  const server = smtpServer({ url: smtp.url, from: FROM })
  const all = { result: 'answered', refused: to.map(address => ({ address })), deferred: [] }
  smtp.refusals.set(FROM, '550 who are you')
  t.match(await server.send(mail, signal), all)
  smtp.refusals.clear()
  smtp.onMessage = async () => {
    throw refused('554 spam')
  }
  t.match(await server.send(mail, signal), all)
})

test('a passing refusal of the sender or of the message, and a refused login, mean that the server is away', async t => {
  const smtp = await startSmtp(t)
  const server = smtpServer({ url: smtp.url, from: FROM })
  for (const refusal of ['451 later', '530 log in first']) {
    smtp.refusals.set(FROM, refusal)
    t.match(await server.send(mail, signal), { result: 'away', reason: refusal })
  }
  smtp.refusals.clear()
  const stranger = smtpServer({ url: smtp.url.replace('//', '//user:wrong@'), from: FROM })
  t.match(await stranger.send(mail, signal), { result: 'away', reason: /^(?!.*wrong@).*535/ })
  smtp.onMessage = async () => {
    throw refused('452 full')
  }
  t.match(await server.send(mail, signal), { result: 'away', reason: '452 full' })
})

test('each address is refused, deferred or served on its own, also when none is served', async t => {
  const smtp = await startSmtp(t)
  const server = smtpServer({ url: smtp.url, from: FROM })
  smtp.refusals.set('a@example.org', '550 unknown')
  t.match(await server.send(mail, signal), {
    refused: [{ address: 'a@example.org', reason: /550/ }],
    deferred: [],
  })
  smtp.refusals.set('b@example.org', '451 later')
  t.match(await server.send(mail, signal), {
    refused: [{ address: 'a@example.org' }],
    deferred: [{ address: 'b@example.org', reason: /451/ }],
  })
})

test('an aborted attempt ends at once', async t => {
  const smtp = await startSmtp(t)
  const stopping = new AbortController()
  const hung = Promise.withResolvers<void>()
  smtp.onMessage = async () => {
    stopping.abort()
    await hung.promise
  }
  t.match(await smtpServer({ url: smtp.url, from: FROM }).send(mail, stopping.signal), { result: 'away' })
  hung.resolve()
})
