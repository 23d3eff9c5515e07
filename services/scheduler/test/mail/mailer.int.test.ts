import '@daybook/shared/mongo/connect-mongo'
import { type LogLine, makeCertificate, makeStack, memoryLog, until } from '@daybook/shared/testing'
import type { mongo } from 'mongoose'
import { Registry } from 'prom-client'
import { type Test, test } from 'tap'
import type { Incident } from '../../src/mail/episode.ts'
import { openMailer } from '../../src/mail/mailer.ts'
import type { Mail } from '../../src/mail/sending/mail.ts'
import { type SmtpOptions, startSmtp } from '../support/smtp.ts'

const minute = 60_000
const ops = 'ops@example.org'

type Settings = Partial<Parameters<typeof openMailer>[1]>

/** A database with one clock, on which a test opens mailers, as processes do. */
async function makeOffice(t: Test, settings: Settings = {}, server: SmtpOptions = {}) {
  const { db } = await makeStack(t)
  const smtp = await startSmtp(t, server)
  const { log, lines } = memoryLog()
  const metrics = new Registry()
  let time = Date.UTC(2026, 10, 26)
  const defaults = {
    SMTP_URL: smtp.url,
    MAIL_FROM: 'daybook@example.org',
    mailTo: [ops],
    MAILS_PER_HOUR: 100,
    MAILS_PER_HOUR_TO_SAME: 100,
    MAIL_RETENTION_DAYS: 30,
  }
  const failures: Error[] = []
  const open = async (own: Settings = {}, registry = new Registry()) => {
    const fail = (error: Error) => failures.push(error)
    const options = { log, fail, metrics: registry, now: () => new Date(time), pollEvery: 20 }
    const mailer = await openMailer(db, { ...defaults, ...settings, ...own }, options)
    t.teardown(async () => {
      await mailer.stop()
      if (failures.length > 0) throw failures[0]
    })
    return mailer
  }
  const mails = db.collection<Mail>('mails')
  const incident = (error: string, more: Partial<Incident> = {}): Incident => ({
    about: 'kind send-invoice',
    error,
    subject: `job of ${error}`,
    at: new Date(time),
    to: [],
    ...more,
  })
  return {
    smtp,
    lines,
    metrics,
    mails,
    incident,
    open,
    subjects: () => smtp.mails.map(({ message }) => message.subject),
    now: () => new Date(time),
    pass: (minutes: number) => {
      time += minutes * minute
    },
    received: (count: number) =>
      until(`${count} mails have arrived`, () => smtp.mails.length >= count && smtp.mails.length === count),
    ended: (count: number) =>
      until(`${count} mails have ended`, async () => {
        return (await mails.countDocuments({ endedAt: { $exists: true } })) === count
      }),
    /** Waits until a mail is in this state. */
    found: (filter: mongo.Filter<Mail>) =>
      until('a mail is found', async () => (await mails.findOne(filter)) ?? undefined),
    /** Waits until every decision that is due now is made and carried out. */
    settled: () =>
      until('nothing is due', async () => {
        const due = { $lte: new Date(time) }
        const decisions = await db.collection('mail_episodes').countDocuments({ dueAt: due })
        const attempts = { $or: [{ nextAt: due }, { claim: { $exists: true } }] }
        return decisions + (await mails.countDocuments(attempts)) === 0
      }),
    episodes: () => db.collection('mail_episodes').countDocuments(),
  }
}

test('the first failure is told at once, further ones in an hour, and the end of the failures', async t => {
  const { open, incident, received, smtp, pass, settled, subjects, now, episodes, metrics } =
    await makeOffice(t)
  const mailer = await open({}, metrics)
  await mailer.report([incident('timeout for job 1', { detail: 'Zoë\r\n.\r\n😀', link: 'http://x/jobs/1' })])
  await received(1)
  pass(1)
  await mailer.report(['2', '3', '4'].map(id => incident(`timeout for job ${id}`)))
  await mailer.report([incident('timeout for job 4')])
  await settled()
  t.equal(smtp.mails.length, 1)
  pass(60)
  await received(2)
  await mailer.recovered([
    { about: 'kind send-invoice', at: now() },
    { about: 'kind other', at: now() },
  ])
  await received(3)
  await settled()
  t.equal(await episodes(), 0)
  t.strictSame(subjects(), [
    '[Daybook] Failed: kind send-invoice: timeout for job 1',
    '[Daybook] Failed 3 times more: kind send-invoice: timeout for job 4',
    '[Daybook] Over: kind send-invoice: timeout for job 4',
  ])
  const [first, more, over] = smtp.mails
  t.match(first, { from: 'daybook@example.org', to: [ops] })
  t.match(first?.message.text, 'Zoë\n.\n😀')
  t.match(first?.message.headers.get('auto-submitted'), 'auto-generated')
  t.strictSame(first?.message.date, new Date(Date.UTC(2026, 10, 26)))
  t.match(over?.message.text, 'It had failed 4 times')
  const ids = smtp.mails.map(({ message }) => message.messageId)
  t.equal(new Set(ids).size, 3)
  t.strictSame([more?.message.inReplyTo, over?.message.inReplyTo], [ids[0], ids[0]], 'they are one thread')
  const text = await metrics.metrics()
  t.match(text, 'daybook_mails_total{outcome="sent"} 3')
  t.match(text, 'daybook_mails_waiting 0')
})

test('mailers on one database send each mail once, and no more than the caps allow', async t => {
  const office = await makeOffice(t, { MAILS_PER_HOUR: 5, MAILS_PER_HOUR_TO_SAME: 3 })
  const { open, incident, received, smtp, pass, settled } = office
  const mailers = await Promise.all([open(), open()])
  const words = ['one', 'two', 'three', 'four', 'five', 'six']
  const incidents = [ops, 'other@example.org'].flatMap(to =>
    words.map(word => incident(`no ${word}`, { about: `kind for ${to}`, to: [to] })),
  )
  await Promise.all(incidents.map((one, n) => mailers[n % 2]?.report([one])))
  await received(5)
  await settled()
  t.equal(smtp.mails.length, 5)
  const to = (address: string) => smtp.mails.filter(mail => mail.to.includes(address)).length
  t.ok(to(ops) <= 3 && to('other@example.org') <= 3)
  const capped = smtp.mails.filter(({ message }) => message.text?.includes('cap of mails per hour'))
  t.ok(capped.length >= 1)
  pass(59)
  await settled()
  t.equal(smtp.mails.length, 5)
  pass(1)
  await received(10)
  // A mail that has arrived is not yet stored as sent. An hour later it would be sent again, as after a crash.
  await settled()
  pass(60)
  await received(12)
  await settled()
  t.equal(new Set(office.subjects()).size, 12)
  t.strictSame([to(ops), to('other@example.org')], [6, 6])
})

test('more than ten different errors of one topic share a mail', async t => {
  const { open, incident, smtp, pass, settled, subjects } = await makeOffice(t)
  const mailer = await open()
  const letters = [...'abcdefghijklmnopqrst']
  await mailer.report(letters.map(letter => incident(`no ${letter.repeat(3)}`)))
  await settled()
  t.equal(smtp.mails.length, 11)
  pass(1)
  await mailer.report(letters.map(letter => incident(`bad ${letter.repeat(3)}`)))
  await settled()
  t.equal(smtp.mails.length, 11)
  pass(60)
  await settled()
  t.equal(subjects().at(-1), '[Daybook] Failed 20 times more: kind send-invoice: bad ttt')
})

test('mails wait for the SMTP server for as long as it takes', async t => {
  const { open, incident, received, smtp, lines, pass, found, now } = await makeOffice(t)
  await smtp.stop()
  const mailer = await open()
  await mailer.report([incident('boom')])
  const tried = (attempts: number) => found({ attempts, claim: { $exists: false } })
  await tried(1)
  for (let attempts = 2; attempts <= 9; attempts += 1) {
    pass(5)
    await tried(attempts)
  }
  pass(30 * 24 * 60)
  await tried(10)
  await smtp.start()
  pass(5)
  await received(1)
  await until('the log says so', () => lines.some(({ msg }) => msg === 'the SMTP server takes mails again'))
  const waits = lines.filter(({ code }) => code === 'DAYBOOK_MAIL_WAITING')
  t.equal(waits.length, 1, 'the outage is logged once')
  t.match(waits[0], { level: 40, msg: /ECONNREFUSED/ })
  t.match(await found({ state: 'sent' }), { attempts: 11, endedAt: now(), trouble: undefined })
})

test('a mail waits while the certificate or the login is refused, until the settings are right', async t => {
  const authority = makeCertificate('authority')
  const tls = { from: 'first byte', certificate: makeCertificate('server', authority) } as const
  const { open, incident, received, smtp, lines, found, pass } = await makeOffice(
    t,
    {},
    { tls, password: 'p' },
  )
  const tried = (attempts: number) => found({ attempts, state: 'waiting', claim: { $exists: false } })
  const untrusting = await open()
  await untrusting.report([incident('boom')])
  await tried(1)
  await untrusting.stop()
  pass(5)
  const url = (password: string) => smtp.url.replace('//', `//user:${password}@`)
  const stranger = await open({ SMTP_TLS_CA: authority.cert, SMTP_URL: url('hunter2') })
  await tried(2)
  await stranger.stop()
  pass(5)
  await open({ SMTP_TLS_CA: authority.cert, SMTP_URL: url('p') })
  await received(1)
  const waits = lines.filter(({ code }) => code === 'DAYBOOK_MAIL_WAITING')
  t.match(waits, [{ msg: /SMTP_TLS_CA must be/ }, { msg: /refuses the login .* SMTP_URL must be valid/ }])
  t.notMatch(JSON.stringify(lines), 'hunter2')
})

test('an address that the server refuses for good is logged, and the others get the mail', async t => {
  const { open, incident, received, smtp, lines, ended, found, pass } = await makeOffice(t)
  smtp.refusals.set('gone@example.org', '550 unknown')
  smtp.refusals.set('busy@example.org', '451 later')
  const mailer = await open()
  const to = ['gone@example.org', ops, 'busy@example.org', 'no\r\nDATA\r\n@x']
  await mailer.report([
    incident('boom\r\nBcc: evil@example.org', { about: 'kind a\r\nBcc: evil@example.org', to }),
  ])
  await received(1)
  await found({ left: ['busy@example.org'] })
  smtp.refusals.clear()
  pass(1)
  await ended(1)
  t.strictSame(
    smtp.mails.map(mail => mail.to),
    [[ops], ['busy@example.org']],
  )
  const [one, two] = smtp.mails.map(({ message }) => message)
  t.equal(one?.messageId, two?.messageId)
  t.equal(one?.subject, '[Daybook] Failed: kind a Bcc: evil@example.org: boom')
  t.notOk(one?.headers.has('bcc'))
  smtp.refusals.set(ops, '550 unknown')
  await mailer.report([incident('other')])
  await ended(2)
  const refused = lines.filter(({ code }: LogLine) => code === 'DAYBOOK_MAIL_REFUSED')
  t.equal(refused.length, 2)
  t.match(refused[0], { level: 50, msg: /no\s+DATA\s+@x, gone@example.org/, text: /boom/ })
  t.match(refused[1], { msg: /ops@example.org: .*550/, subject: /other/, text: /job of other/ })
  t.match(await found({ state: 'refused' }), { to: [ops], attempts: 1 })
})

test('without an SMTP server or an address, mails are logged', async t => {
  const { open, incident, smtp, lines, ended } = await makeOffice(t, { mailTo: [] })
  const mailer = await open({ SMTP_URL: '' })
  await mailer.report([incident('boom', { to: [ops] })])
  await ended(1)
  await mailer.stop()
  await (await open()).report([incident('other')])
  await ended(2)
  const logged = lines.filter(({ code }) => code === 'DAYBOOK_MAIL_LOGGED')
  t.equal(logged.length, 2)
  t.match(logged[0], { level: 40, to: [ops], subject: /boom/, text: /boom/, msg: /set SMTP_URL/ })
  t.match(logged[1], { to: [], text: /other/, msg: /set MAIL_TO/ })
  t.equal(smtp.mails.length, 0)
})

test('another mailer continues where one was killed, and sends no mail that is being sent', async t => {
  const { open, incident, received, smtp, pass, ended, found, subjects } = await makeOffice(t)
  const hung = Promise.withResolvers<void>()
  // The first process hangs in the middle of its attempt, as a process that was killed.
  smtp.onMessage = () => hung.promise
  const killed = await open()
  await killed.report([incident('boom')])
  await found({ claim: { $exists: true } })
  await until('the message is there', () => smtp.messages === 1)
  smtp.onMessage = async () => {}
  const other = await open()
  await other.report([incident('later')])
  await received(1)
  t.match(subjects(), [/later/])
  await ended(1)
  pass(3)
  await received(2)
  await ended(2)
  const { messageId } = smtp.mails[1]?.message ?? {}
  hung.resolve()
  await received(3)
  t.equal(smtp.mails[2]?.message.messageId, messageId, 'the mail that arrives twice has the same id')
})

test('old mails and episodes are removed, but not what waits', async t => {
  const { open, incident, smtp, pass, settled, episodes, mails, found } = await makeOffice(t)
  const mailer = await open()
  await mailer.report([incident('boom')])
  await settled()
  smtp.refusals.set(ops, '451 later')
  await mailer.report([incident('other')])
  await found({ state: 'waiting', attempts: 1, claim: { $exists: false } })
  await mailer.stop()
  pass(24 * 60 + 1)
  await open({ MAIL_RETENTION_DAYS: 1 })
  await until('the sent mail is removed', async () => (await mails.countDocuments()) === 1)
  t.match(await mails.findOne(), { state: 'waiting', subject: /other/ })
  await until('the episodes are removed', async () => (await episodes()) === 0)
})
