import '../browser.ts'
import { stopTime } from '@daybook/shared/testing'
import { computed } from '@preact/signals'
import t from 'tap'
import type { Task } from '../../src/tasks/task.ts'
import { noteServerTime, now, startClock } from '../../src/time/clock.ts'
import { addDays, longDay, weeksOf } from '../../src/time/days.ts'
import { dayOf, timeText } from '../../src/time/local-time.ts'
import { groupOf } from '../../src/today/groups.ts'

const KIRITIMATI = 'Pacific/Kiritimati'
const SAO_PAULO = 'America/Sao_Paulo'
const page = { hidden: false, addEventListener: (_type: string, listener: () => void) => (show = listener) }
let show = () => {}
Object.assign(globalThis, { document: page })

t.test('at midnight the day changes by itself, in the time zone of the person alone', async t => {
  const time = stopTime(t)
  startClock()
  noteServerTime('Tue, 05 Nov 2030 09:59:58 GMT')
  const inKiritimati = computed(() => dayOf(now.value, KIRITIMATI))
  const inSaoPaulo = computed(() => dayOf(now.value, SAO_PAULO))
  const due = { completedAt: null, dueOn: '2030-11-06' } as Task
  const group = computed(() => groupOf(due, inKiritimati.value, KIRITIMATI))
  t.strictSame([inKiritimati.value, inSaoPaulo.value, group.value], ['2030-11-05', '2030-11-05', 'Later'])
  await time.pass(3000)
  t.strictSame([inKiritimati.value, inSaoPaulo.value, group.value], ['2030-11-06', '2030-11-05', 'Today'])
  t.equal(timeText(now.value, KIRITIMATI, '2030-11-06'), '00:00 GMT+14')

  page.hidden = true
  await time.pass(24 * 3_600_000)
  t.equal(inKiritimati.value, '2030-11-06', 'a hidden page does not tick')
  page.hidden = false
  show()
  t.equal(inKiritimati.value, '2030-11-07')
})

t.test('the calendar is the same in all time zones of browsers', async t => {
  // Of the last ones, one has no midnight in São Paulo, one has two, and one was left out in Kiritimati.
  const days = ['2026-11-25', '2018-11-04', '2018-02-18', '1994-12-31']
  const calendar = () => days.map(day => [weeksOf(day), addDays(day, 1), addDays(day, -1), longDay(day)])
  const calendars = [KIRITIMATI, SAO_PAULO, 'UTC'].map(zone => {
    process.env.TZ = zone
    t.equal(
      new Date('2026-11-25').getDate(),
      zone === SAO_PAULO ? 24 : 25,
      'the zone of the process is another',
    )
    return calendar()
  })
  t.strictSame(calendars[0], calendars[1])
  t.strictSame(calendars[1], calendars[2])
})
