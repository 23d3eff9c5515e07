import type { DeadLetter } from '@daybook/shared/dead-letters/dead-letter-model'
import { endOfDayEvent, toMessage, topics } from '@daybook/shared/events'
import { until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

t.test('the first and the last day of the calendar do not stop the consumer', async t => {
  const bench = await makeBench(t)
  const { publish, endDay, kafka, stack } = bench
  const reporting = await startReporting(t, stack)
  const reports = await watchTopic(t, stack, 'daybook.reports')
  const [first, day, last] = ['0000-01-01', '2026-03-10', '9999-12-31'] as const
  const timeZone = 'Pacific/Kiritimati'
  await publish(...[first, day, last].map(day => completed('alice', day, { timeZone })))
  const atEnd = endOfDayEvent(last, timeZone, new Date('9999-12-31T23:59:59.999Z'), 'end-of-day')
  await kafka.publish(topics.clock.name, [toMessage(atEnd, 'end-of-day')])
  await endDay(first, timeZone)
  await endDay(day, timeZone)
  for (const ended of [first, day]) await reporting.runDone(ended, timeZone)

  const letters = stack.db.collection<DeadLetter>('dead_letters')
  const letter = await until(
    'the end of the day in the future is parked',
    async () => await letters.findOne(),
  )
  t.match(letter, {
    group: 'reporting-clock',
    error: { message: /^9999-12-31 is more than a year ahead in Pacific\/Kiritimati/ },
  })
  t.equal((await reporting.run(`${last}@${timeZone}`)).status, 404)
  t.match(await reporting.dayOf('alice', first), { log: { state: 'written' } })
  t.match(await reporting.dayOf('alice', last), { log: { state: 'open' } })

  const next = '2026-03-11'
  await publish(completed('alice', next, { timeZone }))
  await endDay(next, timeZone)
  await reporting.runDone(next, timeZone)
  await until('all days are reported', () => reports.length >= 3)
  const types = new Set(reports.map(({ headers }) => headers.ce_type))
  t.strictSame([...types], ['DayReported'], 'no completion was found late')
})
