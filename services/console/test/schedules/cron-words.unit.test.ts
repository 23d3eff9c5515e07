import '../browser.ts'
import t from 'tap'
import { cronWords } from '../../src/schedules/definition/cron-words.ts'
import { msOf, specWords } from '../../src/schedules/definition/spec-words.ts'

t.test('frequent cron expressions are told in words', async t => {
  for (const [cron, words] of Object.entries({
    '30 9 * * 1-5': 'Monday to Friday at 09:30',
    '0 9,17 * * *': 'Every day at 09:00 and 17:00',
    '0 9 * * mon': 'Every Monday at 09:00',
    '0 9 * * 0,6': 'Sunday and Saturday at 09:00',
    '5 0 1 * ?': 'Day 1 of each month at 00:05',
    '0 12 L * *': 'The last day of each month at 12:00',
    '*/15 * * * *': 'Every 15 minutes',
    '* * * * *': 'Every minute',
    '7 * * * *': 'Every hour at minute 7',
    '0 */6 * * *': 'Every 6 hours at minute 0',
    '0 30 9 * * *': 'Every day at 09:30',
    '@daily': 'Every day at 00:00',
  }))
    t.equal(cronWords(cron), words, cron)
})

t.test('other cron expressions have no words: they are shown as they are', async t => {
  for (const cron of [
    '30 0 9 * * *',
    '0 0 13 * 5',
    '0 0 1 1 *',
    '*/7 * * * *',
    '0 9 * * 5#2',
    '0 9 * * 5-',
    '1-5 * * * *',
    'x',
  ])
    t.equal(cronWords(cron), undefined, cron)
})

t.test('durations and single instants have words', async t => {
  t.equal(specWords({ every: 'PT1H30M' }), 'Every 1 h 30 min')
  t.equal(specWords({ every: 'soon' }), undefined)
  t.equal(specWords({ at: '2026-11-27T10:00:00.000Z' }), 'Once')
  t.equal(msOf('P1DT2H3M4S'), 93_784_000)
})
