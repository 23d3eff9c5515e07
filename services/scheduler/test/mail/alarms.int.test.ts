import { keyOf, tasksPublishedEvent, toMessage, topics } from '@daybook/shared/events'
import { connectKafka, offsetsToJson } from '@daybook/shared/kafka'
import { makeStack, silent, startService, until } from '@daybook/shared/testing'
import t from 'tap'
import { startScheduler } from '../support/scheduler.ts'
import { startSmtp } from '../support/smtp.ts'

// One second each, so that the test need not wait for longer.
const soon = { DAY_READ_DEADLINE_SECONDS: '1', RUN_DEADLINE_SECONDS: '1' }

t.test(
  'mails say that reporting does not read a day, that a run waits for tasks, and that both are over',
  async t => {
    const [stack, smtp] = await Promise.all([makeStack(t), startSmtp(t)])
    const mails = { SMTP_URL: smtp.url, MAIL_FROM: 'daybook@example.org', MAIL_TO: 'ops@example.org' }
    const scheduler = await startScheduler(t, stack, { ...mails, ...soon, TIME_ZONES: 'UTC' })
    /** Waits for the next mail. */
    let seen = 0
    const mail = (subject: string) =>
      until(`the mail "${subject}" has arrived`, () => {
        const found = smtp.mails.slice(seen).find(({ message }) => message.subject?.includes(subject))
        if (found !== undefined) seen = smtp.mails.indexOf(found) + 1
        return found?.message.text ?? undefined
      })
    const unread = async () => {
      const { body } = await scheduler.operator<string>('/metrics')
      return /^daybook_days_unread (.*)$/m.exec(body)?.[1]
    }
    const kafka = await connectKafka({ ...stack, service: 'test', topics: [], log: silent, onCrash: t.fail })
    t.teardown(() => kafka.close())

    const day = new Date().toISOString().slice(0, 10)
    await until('the day is ended', async () => {
      const body = { day, timeZone: 'UTC' }
      return (await scheduler.operator('/end-of-day', { body })).status === 202
    })
    const first = await mail('Failed: reading of ended days')
    t.match(first, `${day} in UTC`)
    t.match(first, 'docs/operations.md, "Days that reporting has not read"')
    t.equal(await unread(), '1')
    const alarms = async () =>
      (await scheduler.operator<{ alarms: { kind: string; references: unknown[] }[] }>('/alarms')).body.alarms
    t.match(await alarms(), [{ kind: 'day-unread', references: [{ type: 'day', id: `${day}@UTC` }] }])

    await startService(t, 'reporting', { ...stack.env, ...soon })
    await mail('Over: reading of ended days')
    t.equal(await unread(), '0')
    t.strictSame(await alarms(), [])
    t.match(await mail('Failed: runs'), 'tasks has not published TasksPublished')

    const end = offsetsToJson(await kafka.endOffsets(topics.tasks.name))
    const answer = tasksPublishedEvent(new Date(Date.now() + 86_400_000), end)
    await kafka.publish(topics.clock.name, [toMessage(answer, keyOf.clock(answer))])
    await mail('Over: runs')
    const about = (topic: string) => smtp.mails.filter(({ message }) => message.subject?.includes(topic))
    t.equal(about('reading of ended days').length, 2)
  },
)
