import { test } from 'tap'
import { firings, lateness, slotText, startFaked, withFakeTime } from '../support/faked-scheduler.ts'

/** The whole seconds from one instant to another, both included. */
const seconds = (from: string, to: string) =>
  Array.from({ length: (Date.parse(to) - Date.parse(from)) / 1000 + 1 }, (_, i) =>
    slotText(Date.parse(from) + i * 1000),
  )

test(
  'when the clock is set back an hour, no slot fires twice, and new schedules follow the new time',
  withFakeTime,
  async t => {
    const { clock, put, fired, slots, records } = await startFaked(t, '2026-05-05T10:00:00Z')
    await put('steady', { every: 'PT1S', start: '2026-05-05T10:00:20Z', end: '2026-05-05T10:00:30Z' })
    await clock.set(new Date('2026-05-05T10:00:20Z'))
    await fired('steady', '2026-05-05T10:00:22Z')

    await clock.set(new Date('2026-05-05T09:00:00Z'))
    await put('once', { at: '2026-05-05T09:00:04Z' })
    await put('again', { cron: '* * * * * *', start: '2026-05-05T09:00:03Z', end: '2026-05-05T09:00:06Z' })
    await fired('once', '2026-05-05T09:00:04Z')
    await fired('again', '2026-05-05T09:00:05Z')

    await clock.set(new Date('2026-05-05T10:00:25Z'))
    await fired('steady', '2026-05-05T10:00:29Z')
    t.strictSame(slots('steady'), seconds('2026-05-05T10:00:20Z', '2026-05-05T10:00:29Z'))
    t.strictSame(slots('once'), ['2026-05-05T09:00:04Z'])
    t.strictSame(slots('again'), seconds('2026-05-05T09:00:03Z', '2026-05-05T09:00:05Z'))
    t.strictSame(
      firings(records).filter(({ value }) => lateness(value) < 0),
      [],
    )
  },
)

test('when the clock is set forward a day, missed slots fire as catchUp says', withFakeTime, async t => {
  const { clock, put, fired, slots, records } = await startFaked(t, '2026-05-05T10:00:00Z')
  const definitions = {
    cron: { cron: '30 * * * *' },
    every: { every: 'PT1H', start: '2026-05-05T10:30:00Z' },
    at: { at: '2026-05-06T09:30:00Z' },
  }
  const catchUps = ['all', 'latest', 'none']
  for (const [kind, definition] of Object.entries(definitions))
    for (const catchUp of catchUps) await put(`${kind}-${catchUp}`, { ...definition, catchUp })

  await clock.set(new Date('2026-05-06T10:00:00Z'))
  await fired('at-all', '2026-05-06T09:30Z')
  await clock.set(new Date('2026-05-06T10:29:59Z'))
  for (const kind of ['cron', 'every'])
    for (const catchUp of catchUps) await fired(`${kind}-${catchUp}`, '2026-05-06T10:30Z')

  const missed = Array.from({ length: 24 }, (_, i) =>
    slotText(Date.parse('2026-05-05T10:30Z') + i * 3_600_000),
  )
  for (const kind of ['cron', 'every']) {
    t.strictSame(slots(`${kind}-all`), [...missed, '2026-05-06T10:30Z'], `${kind}, all`)
    t.strictSame(slots(`${kind}-latest`), ['2026-05-06T09:30Z', '2026-05-06T10:30Z'], `${kind}, latest`)
    t.strictSame(slots(`${kind}-none`), ['2026-05-06T10:30Z'], `${kind}, none`)
  }
  t.strictSame(slots('at-all'), ['2026-05-06T09:30Z'])
  t.strictSame(slots('at-latest'), ['2026-05-06T09:30Z'])
  t.strictSame(slots('at-none'), [])
  const wrong = records.filter(
    ({ value: { slot, missed } }) => missed !== undefined && missed !== (slot !== '2026-05-06T10:30:00.000Z'),
  )
  t.strictSame(wrong, [], 'events of missed slots are marked as missed')
})
