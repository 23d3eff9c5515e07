import { endOfDayEvent } from '@daybook/shared/events'
import '@daybook/shared/mongo/connect-mongo'
import { watchFailures } from '@daybook/shared/incidents/watch-failures'
import { outboxEntries } from '@daybook/shared/outbox'
import { type LogLine, makeStack, memoryLog, stopTime } from '@daybook/shared/testing'
import mongoose from 'mongoose'
import { test } from 'tap'
import { overdueDays } from '../../src/firing/overdue-days.ts'
import type { Incident, Recovery } from '../../src/mail/episode.ts'
import { tellByMail } from '../../src/mail/tell-by-mail.ts'
import type { OverdueDay } from '../../src/schedules/end-of-day-store.ts'
import { makeScheduler, schedulesOf, setBack } from '../support/scheduler.ts'

const published = { $unset: { outbox: '' } } as const

test('a day is overdue from its deadline until its EndOfDay is published', async t => {
  const stack = await makeStack(t)
  const zones = ['Asia/Tokyo', 'Europe/Berlin', 'UTC']
  const missed = await setBack(stack, ['Asia/Tokyo', 'UTC'], 2)
  const { operator, deps, tick } = await makeScheduler(t, stack, { timeZones: zones, deadline: 300_000 })
  const metric = async () => {
    const { body } = await operator<string>('/metrics')
    return Number(/^daybook_days_overdue (.*)$/m.exec(body)?.[1])
  }
  const overdue = async () =>
    (await deps.schedules.overdue(new Date())).map(({ day, timeZone }) => `${day}@${timeZone}`).sort()
  const [tokyo, utc] = [missed.get('Asia/Tokyo') ?? [], missed.get('UTC') ?? []]

  t.strictSame(await overdue(), [`${tokyo[0]}@Asia/Tokyo`, `${utc[0]}@UTC`].sort(), 'the days are not fired')
  t.equal(await metric(), 2)
  await tick()
  const waiting = [...tokyo.map(day => `${day}@Asia/Tokyo`), ...utc.map(day => `${day}@UTC`)].sort()
  t.strictSame(await overdue(), waiting, 'the days are fired, and not published')
  t.equal(await metric(), 2, 'the metric counts time zones, not days')
  await schedulesOf(stack).updateOne({ _id: 'end-of-day:UTC' }, published)
  t.strictSame(
    await overdue(),
    tokyo.map(day => `${day}@Asia/Tokyo`),
  )
  await schedulesOf(stack).updateOne({ _id: 'end-of-day:Asia/Tokyo' }, published)
  t.equal(await metric(), 0)

  const again = { ...endOfDayEvent('2001-01-01', 'UTC', new Date('2001-01-02'), 'end-of-day:UTC') }
  const byHand = outboxEntries([{ ...again, traceparent: '00-0-0-01' }])
  await schedulesOf(stack).updateOne({ _id: 'end-of-day:UTC' }, { $set: { outbox: byHand } })
  t.equal(await metric(), 0, 'a day that an operator ends again is not overdue')
})

test('a day is not overdue before its deadline, or when its time zone is not listed', async t => {
  const stack = await makeStack(t)
  await setBack(stack, ['Asia/Tokyo'], 2)
  const { deps } = await makeScheduler(t, stack, { timeZones: ['UTC'] })
  t.strictSame(await deps.schedules.overdue(new Date()), [])
  const ended = new Date(Date.now() - 60_000)
  await schedulesOf(stack).updateOne({ _id: 'end-of-day:UTC' }, { $set: { nextFireAt: ended } })
  t.strictSame(await deps.schedules.overdue(new Date(Date.now() - 61_000)), [])
  t.equal((await deps.schedules.overdue(new Date(Date.now() - 59_000))).length, 1)
})

test('log and mails name each overdue day once, and again when it becomes overdue again', async t => {
  const time = stopTime(t)
  const { log, lines } = memoryLog()
  const [one, two] = [
    { day: '2026-11-21', timeZone: 'UTC' },
    { day: '2026-11-21', timeZone: 'Asia/Tokyo' },
  ]
  const away = new mongoose.mongo.MongoNetworkError('MongoDB is not reachable')
  const answers: (OverdueDay[] | Error)[] = [[one], [one, two], away, [one, two], [two], [one, two]]
  const overdue = async () => {
    const answer = answers.shift() ?? []
    if (answer instanceof Error) throw answer
    return answer
  }
  const mails: string[] = []
  const mailer = {
    report: async (incidents: readonly Incident[]) => {
      for (const { about, subject, at, to } of incidents)
        mails.push(`${about}: ${subject}, ${at.toISOString()}, to ${to.length}`)
    },
    recovered: async (recoveries: readonly Recovery[]) => {
      for (const { about, isSettled } of recoveries) mails.push(`${about} over: ${isSettled}`)
    },
  }
  const watch = watchFailures(overdueDays({ overdue }, 300_000, log), tellByMail(mailer), { log })
  await time.pass(0)
  t.equal(lines.length, 0, 'the first turn after the start logs nothing')
  const logged = []
  while (answers.length > 0) {
    const before = lines.length
    await time.pass(10_000)
    logged.push(lines.slice(before).map(({ timeZone }: LogLine) => timeZone))
  }
  await time.pass(10_000)
  await watch.stop()
  const [utc, tokyo] = [
    'days: 2026-11-21 in UTC, 2026-11-22T00:05:00.000Z, to 0',
    'days: 2026-11-21 in Asia/Tokyo, 2026-11-21T15:05:00.000Z, to 0',
  ]
  t.strictSame(mails, [utc, tokyo, utc, 'days over: true'])
  t.strictSame(logged, [['UTC'], ['Asia/Tokyo'], [], [], [], ['UTC']])
  t.match(lines[0], { level: 50, code: 'DAYBOOK_DAY_OVERDUE', day: '2026-11-21', msg: /more than 300 s ago/ })
  t.equal(lines.length, 3, 'nothing else is logged')
})
