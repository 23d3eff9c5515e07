import { LONG } from '@daybook/shared/testing'
import { timeZones } from '@daybook/shared/time/days'
import t from 'tap'
import { type EndedDay, endedDays, firstEnd } from '../../src/calendar/day-ends.ts'

const minute = 60_000
const day = 24 * 60 * minute
// The short version has the year in which two zones skipped a date, and the year after it.
const from = new Date(LONG ? '2000-01-01T00:00:00Z' : '2011-01-01T00:00:00Z')
const until = new Date(LONG ? '2036-01-01T00:00:00Z' : '2013-01-01T00:00:00Z')

/** The dates that a zone skipped when it crossed the date line. */
const knownSkipped = ['Pacific/Apia 2011-12-30', 'Pacific/Fakaofo 2011-12-30']

t.setTimeout(LONG ? 600_000 : 150_000)

t.test(`in ${timeZones.length} time zones, each date ends once, in order, and at its time`, async t => {
  const skipped = timeZones.flatMap(timeZone => {
    const ended = [...allEnded(timeZone)]
    for (const fault of faults(timeZone, ended)) t.fail(`${timeZone} ${fault}`)
    return skippedDates(ended).map(date => `${timeZone} ${date}`)
  })
  t.strictSame(skipped, knownSkipped)
})

function* allEnded(timeZone: string): Generator<EndedDay> {
  let { nextDay } = firstEnd(timeZone, from)
  for (;;) {
    const { ended, next } = endedDays({ nextDay, timeZone }, until)
    if (ended.length === 0) return
    yield* ended
    nextDay = next.nextDay
  }
}

/** Compares the ends of days with the calendar of Intl, which the code under test does not use. */
function* faults(timeZone: string, ended: EndedDay[]): Generator<string> {
  const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  // This format takes half the time of a full date, and distinguishes neighbouring dates.
  const dayOfMonth = new Intl.DateTimeFormat('en', { timeZone, day: 'numeric' })
  if (ended[0]?.day !== calendar.format(from)) yield `begins with ${ended[0]?.day}`

  const ends = ended.map(({ endedAt }) => endedAt.getTime())
  for (const [index, { day: date, endedAt }] of ended.entries()) {
    const [end, next] = [endedAt.getTime(), ended[index + 1]?.day ?? calendar.format(until)]
    const which = `${date}, ended at ${endedAt.toISOString()}`
    if (next <= date) yield `${which}, is followed by ${next}`
    if (dayOfMonth.format(end - 1) !== shown(date)) yield `${which}, which is late`
    if (dayOfMonth.format(end) !== shown(next)) yield `${which}, when ${next} has not begun`
    const isNextToChange = [ends[index - 1], ends[index + 1]].some(
      other => Math.abs((other ?? 0) - end) !== day,
    )
    if (isNextToChange && comesAgain(date, end, calendar)) yield `${which}, comes again`
  }
}

function shown(date: string): string {
  return String(Number(date.slice(-2)))
}

/** Whether the clock shows a date again in the five hours after its end, because it was set back. */
function comesAgain(date: string, end: number, calendar: Intl.DateTimeFormat): boolean {
  return Array.from({ length: 20 }, (_, i) => end + i * 15 * minute).some(at => calendar.format(at) <= date)
}

/** The dates that are missing between consecutive ended days. */
function skippedDates(ended: EndedDay[]): string[] {
  const found: string[] = []
  for (const [index, { day: date }] of ended.entries()) {
    const before = ended[index - 1]?.day ?? date
    for (let at = Date.parse(before) + day; at < Date.parse(date); at += day)
      found.push(new Date(at).toISOString().slice(0, 10))
  }
  return found
}
