import type { ClosedDays } from '../../../services/reporting/src/runs/closed-day-store.ts'
import type { Contract } from './contract.ts'

export const closedDaysContract: Contract<ClosedDays> = (t, fresh) => {
  t.test('a zone is closed through the last day that was closed', async t => {
    const open = await fresh()
    const [days, other] = [await open(), await open()]
    const on = (day: string, timeZone = 'UTC') => ({ day, timeZone })
    const asked = [on('2026-11-21'), on('2026-11-22'), on('2026-11-23'), on('2026-11-22', 'Asia/Tokyo')]
    const closed = async () => [...(await days.pastClosing(asked))].map(one => asked.indexOf(one))
    t.strictSame(await closed(), [])
    await days.close('2026-11-22', 'UTC')
    t.strictSame(await closed(), [0, 1])
    await Promise.all([other.close('2026-11-20', 'UTC'), other.close('2026-11-21', 'Asia/Tokyo')])
    t.strictSame(await closed(), [0, 1])
    await other.close('2026-11-23', 'Asia/Tokyo')
    t.strictSame(await closed(), [0, 1, 3])
  })

  t.test('the zones that are closed through the latest days come first', async t => {
    const days = await (await fresh())()
    t.strictSame(await days.latest(1), [])
    for (const [i, zone] of ['Asia/Tokyo', 'UTC', 'America/New_York'].entries())
      await days.close(`2026-11-2${(i + 1) % 3}`, zone)
    const named = (await days.latest(2)).map(({ _id, closedThrough }) => `${closedThrough}@${_id}`)
    t.strictSame(named, ['2026-11-22@UTC', '2026-11-21@Asia/Tokyo'])
  })

  t.test('zones under older names are found, with how far they are reviewed', async t => {
    const days = await (await fresh())()
    await days.close('2026-11-22', 'Asia/Calcutta')
    await days.close('2026-11-22', 'Asia/Kolkata')
    const zone = { _id: 'Asia/Calcutta', closedThrough: '2026-11-22' }
    t.strictSame(await days.underOlderNames(), [zone])
    await days.recordReviewed({ ...zone, closedThrough: '2026-11-21' })
    await days.recordReviewed({ ...zone, closedThrough: '2026-11-20' })
    await days.recordReviewed({ _id: 'Asia/Tokyo', closedThrough: '2026-11-20' })
    t.strictSame(await days.underOlderNames(), [{ ...zone, reviewedThrough: '2026-11-21' }])
    t.strictSame(await days.pastClosing([{ day: '2026-11-20', timeZone: 'Asia/Tokyo' }]), new Set())
  })
}
