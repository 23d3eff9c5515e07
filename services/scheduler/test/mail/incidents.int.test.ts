import { openDeadLetters } from '@daybook/shared/dead-letters/dead-letter-store'
import { openLetterList } from '@daybook/shared/dead-letters/letter-list-store'
import { incidentTopic } from '@daybook/shared/incidents/incident-events'
import { letterFailures } from '@daybook/shared/incidents/letter-failures'
import { tellByKafka } from '@daybook/shared/incidents/tell-by-kafka'
import { connectKafka } from '@daybook/shared/kafka'
import { makeStack, silent, until } from '@daybook/shared/testing'
import { Registry } from 'prom-client'
import { type Test, test } from 'tap'
import type { Episode } from '../../src/mail/episode.ts'
import { incidentsConsumer, incidentsGroup } from '../../src/mail/incidents-consumer.ts'
import { openMailer } from '../../src/mail/mailer.ts'
import { tellByMail } from '../../src/mail/tell-by-mail.ts'
import { startSmtp } from '../support/smtp.ts'

/** The mailer of a scheduler, which hears of failures by Kafka only. */
async function makeOffice(t: Test) {
  const [stack, smtp] = await Promise.all([makeStack(t), startSmtp(t)])
  const fail = (error: Error) => t.fail(error.message)
  const kafka = await connectKafka({
    ...stack,
    service: 'test',
    topics: [incidentTopic],
    log: silent,
    onCrash: fail,
  })
  const settings = {
    SMTP_URL: smtp.url,
    MAIL_FROM: 'daybook@example.org',
    mailTo: ['ops@example.org'],
    MAILS_PER_HOUR: 100,
    MAILS_PER_HOUR_TO_SAME: 100,
    MAIL_RETENTION_DAYS: 30,
  }
  const mailer = await openMailer(stack.db, settings, { log: silent, fail, metrics: new Registry() })
  const park = openDeadLetters(stack.db)
  const options = incidentsConsumer(tellByMail(mailer), { park: park(incidentsGroup), log: silent })
  const consumer = await kafka.consume(options)
  t.teardown(async () => {
    await consumer.stop()
    await mailer.stop()
    await kafka.close()
  })
  return {
    ...{ stack, kafka, park },
    teller: tellByKafka(kafka, 'reporting'),
    episodes: () => stack.db.collection<Episode>('mail_episodes').find().toArray(),
    subjects: () => smtp.mails.map(({ message }) => message.subject),
    text: (index: number) => smtp.mails[index]?.message.text,
    received: (count: number) => until(`${count} mails have arrived`, () => smtp.mails.length >= count),
    /** Waits until everything that was published is handled. */
    handled: async () => {
      const end = (await kafka.endOffsets(incidentTopic.name)).get(0)
      await until('the incidents are handled', async () => {
        return (await kafka.committedOffsets(incidentsGroup, incidentTopic.name)).get(0) === end
      })
    },
  }
}

const at = new Date('2026-11-26T12:00:00.000Z')
const later = new Date('2026-11-26T13:00:00.000Z')
const failure = (subject: string) => ({
  about: 'log files',
  error: `A log could not be written: EISDIR, open '/logs/${subject}'`,
  subject,
  at,
  link: 'What to do: read',
})

test('failures that services tell share one mail, count once, and have a mail about their end', async t => {
  const { teller, subjects, text, received, handled, episodes, kafka, stack } = await makeOffice(t)
  const many = Array.from({ length: 120 }, (_, i) => failure(`2026-11-22/user-${i}`))
  await teller.failed(many)
  await received(1)
  await teller.failed(many)
  await handled()
  t.match(await episodes(), [{ about: 'log files', count: 120 }], 'what is told again counts once')
  t.match(text(0), 'What to do: read')
  t.match(text(0), '2026-11-22/user-119')

  await teller.over([{ about: 'log files', at: new Date(at.getTime() - 1) }])
  await kafka.publish(incidentTopic.name, [{ key: 'k', value: 'no JSON', headers: {} }])
  await handled()
  t.equal(subjects().length, 1, 'an end of older failures ends nothing')
  t.match(await stack.db.collection('dead_letters').find().toArray(), [{ group: incidentsGroup }])

  await teller.over([{ about: 'log files', at: later }])
  await received(2)
  await teller.over([{ about: 'log files', at: later }])
  await handled()
  const what = "log files: A log could not be written: EISDIR, open '/logs/2026-11-22/user-119'"
  t.match(subjects(), [/^\[Daybook\] Failed \d+ times: log files/, `[Daybook] Over: ${what}`])
  t.match(text(1), 'It had failed 120 times')
  t.strictSame(await episodes(), [])
})

test('dead letters are told by group, and are over when none is left', async t => {
  const { stack, teller, park, subjects, received } = await makeOffice(t)
  const list = await openLetterList(stack.db)
  const watched = letterFailures({ list, topics: new Map([['readers', 'books']]) }, 'reporting')
  const tell = async () => {
    const failures = await watched.find(later)
    await (failures.length > 0
      ? teller.failed(failures)
      : teller.over(watched.abouts.map(about => ({ about, at: new Date() }))))
  }
  const message = { topic: 'books', partition: 0, timestamp: 0, key: null, headers: [], value: null }
  for (const offset of [1n, 2n])
    await park('readers')({ ...message, offset }, new Error(`no JSON at ${offset}`), 1)
  await park('others')({ ...message, offset: 3n }, new Error('not of this service'), 1)
  await tell()
  await received(1)
  await stack.db.collection('dead_letters').deleteMany({ group: 'readers' })
  await tell()
  await received(2)
  const what = 'messages to readers: A message of books could not be handled: no JSON at 2'
  t.strictSame(subjects(), [`[Daybook] Failed 2 times: ${what}`, `[Daybook] Over: ${what}`])
})
