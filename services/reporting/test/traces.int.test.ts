import { endOfDayEvent } from '@daybook/shared/events'
import { logLines, type SeenRecord, until, watchTopic } from '@daybook/shared/testing'
import { endOfDay } from '@daybook/shared/time/days'
import t from 'tap'
import { lateRequestTopic, logRequestTopic } from '../src/logs/log-requests.ts'
import { completed, makeBench, startReporting } from './support/reporting.ts'

const [ofDay, ofEvent, ofRerun] = ['a', 'b', 'c'].map(digit => digit.repeat(32)) as [string, string, string]
const context = (trace: string) => `00-${trace}-b7ad6b7169203331-01`

t.test('the trace of a request goes on to its log requests, reports and log lines', async t => {
  const bench = await makeBench(t)
  const reporting = await startReporting(t, bench.stack, { LOG_LEVEL: 'debug' })
  const lines = logLines(reporting)
  const [reports, requests, late] = await Promise.all(
    ['daybook.reports', logRequestTopic.name, lateRequestTopic.name].map(topic =>
      watchTopic(t, bench.stack, topic),
    ),
  )
  const seen = (records: SeenRecord[] = [], trace: string) =>
    until(`a record has the trace ${trace}`, () =>
      records.find(({ headers }) => headers.traceparent?.includes(trace)),
    )
  const logged = (trace: string, msg: string) =>
    until(`the line "${msg}"`, () => lines.find(line => line.trace === trace && line.msg === msg))

  const [day, timeZone] = ['2026-05-01', 'UTC']
  await t.test('of POST /end-of-day', async t => {
    await bench.publish(completed('alice', day))
    const ended = endOfDayEvent(day, timeZone, endOfDay(day, timeZone), 'by hand')
    await bench.tell({ ...ended, traceparent: context(ofDay) })
    await bench.tasksPublished(endOfDay(day, timeZone))
    t.match(await seen(requests, ofDay), { key: 'alice', headers: { traceparent: context(ofDay) } })
    t.match(await seen(reports, ofDay), { headers: { ce_type: 'DayReported', traceparent: context(ofDay) } })
    t.match(await logged(ofDay, 'day reported'), { day })
  })

  await t.test('of the command of a late completion', async t => {
    await bench.publish({ ...completed('alice', day), traceparent: context(ofEvent) })
    t.match(await seen(late, ofEvent), { key: 'alice' })
    t.match(await seen(reports, ofEvent), { headers: { ce_type: 'DayAmended' }, value: { revision: 2 } })
    t.match(await logged(ofEvent, 'a log is amended'), { day, user: 'alice', revision: 2 })
  })

  await t.test('of POST /runs', async t => {
    const headers = { traceparent: context(ofRerun), prefer: 'wait' }
    await reporting.operator('/runs', { body: { day, timeZone }, headers })
    t.match(await seen(requests, ofRerun), { key: 'alice', value: { again: true } })
    t.match(await logged(ofRerun, 'ordered a rerun'), { by: 'operator' })
  })
})
