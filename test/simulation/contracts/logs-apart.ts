import { toMessage } from '@daybook/shared/events'
import { received } from '@daybook/shared/testing'
import { APART_LEASE_MS, type LogsApart } from '../../../services/reporting/src/apart/apart-store.ts'
import type { LogRequest } from '../../../services/reporting/src/logs/log-requests.ts'
import type { SetApart } from '../../../services/reporting/src/logs/log-writer.ts'
import { type Contract, stopClock } from './contract.ts'

const day = '2026-11-22'
const alice = `${day}/alice`

/** A request of alice that failed, unless `changes` say otherwise, in a message at an offset. */
function setApart(offset: bigint, changes: Partial<LogRequest> = {}, error?: Error): SetApart {
  const request = { userId: 'alice', day, timeZone: 'UTC', late: false, ...changes }
  const event = { id: '1', type: 'WriteUserLog', source: '/', subject: 'run', time: `${day}T12:00:00.000Z` }
  const message = received(toMessage({ ...event, data: request }, 'alice'), { offset, timestamp: 7 })
  return { group: 'reporting-writer', message, request, error }
}
const failed = (offset: bigint, changes?: Partial<LogRequest>) =>
  setApart(offset, changes, new Error(`failed at ${offset}`))

export const logsApartContract: Contract<LogsApart> = (t, fresh) => {
  t.test('a request keeps its message, and is stored once', async t => {
    stopClock(t)
    const apart = await (await fresh())()
    const [one, other] = [setApart(1n), setApart(2n, { userId: 'bob' })]
    await apart.add([one, other])
    await apart.add([one])
    t.strictSame([await apart.count('large'), await apart.count('failed')], [2, 0])
    t.strictSame([await apart.countOfDay(day), await apart.countOfDay('2026-11-23')], [2, 0])
    t.equal(await apart.retrying(alice), undefined)
    const held = [...(await apart.take('large', 'me')), ...(await apart.take('large', 'me'))]
    const { group, request, message } = one
    const mine = held.filter(({ request: { userId } }) => userId === 'alice')
    t.equal(mine.length, 1)
    t.match(mine[0], { group, request, attempts: 0 })
    const { headers, ...content } = message
    t.match(mine[0]?.message, content)
    t.strictSame([...(mine[0]?.message.headers ?? [])], [...headers])
  })

  t.test('all requests for a log are taken together, and by one owner until the lease ends', async t => {
    const clock = stopClock(t)
    const apart = await (await fresh())()
    await apart.add([setApart(1n), setApart(2n, { late: true }), setApart(3n, { userId: 'bob' })])
    const first = await apart.take('large', 'one')
    const second = await apart.take('large', 'two')
    t.strictSame([first.length, second.length].sort(), [1, 2])
    t.strictSame(await apart.take('large', 'three'), [])
    clock.pass(APART_LEASE_MS - 1)
    await apart.renew('one')
    clock.pass(1)
    t.strictSame(await apart.take('large', 'three'), second)
    clock.pass(APART_LEASE_MS)
    t.equal((await apart.take('large', 'four')).length, first.length)
  })

  t.test(
    'a failed request comes again after its pause, with the requests of the log that came meanwhile',
    async t => {
      const clock = stopClock(t)
      const apart = await (await fresh())()
      await apart.add([failed(1n)])
      t.strictSame(await apart.take('failed', 'early'), [], 'the first pause is not over')
      t.strictSame(await apart.retrying(alice), { attempts: 1, error: 'failed at 1' })
      clock.pass(2000)
      const held = await apart.take('failed', 'one')
      const dueAt = new Date(Date.now() + 4000)
      await apart.fail(held, 'one', { error: new Error('again'), dueAt })
      t.strictSame(await apart.retrying(alice), { attempts: 2, error: 'again' })
      t.strictSame(await apart.nextDue('failed'), dueAt)
      await apart.add([failed(2n)])
      clock.pass(4000)
      t.strictSame((await apart.take('failed', 'two')).map(({ attempts }) => attempts).sort(), [1, 2])
    },
  )

  t.test('who has lost a log changes nothing', async t => {
    const clock = stopClock(t)
    const apart = await (await fresh())()
    await apart.add([setApart(1n)])
    const held = await apart.take('large', 'slow')
    clock.pass(APART_LEASE_MS)
    t.equal((await apart.take('large', 'other')).length, 1)
    await apart.fail(held, 'slow', { error: new Error('late'), dueAt: new Date(0) })
    await apart.renew('slow')
    t.equal(await apart.retrying(alice), undefined)
    t.strictSame(await apart.take('large', 'slow'), [])
  })

  t.test('a run has its own requests until they are removed', async t => {
    stopClock(t)
    const apart = await (await fresh())()
    await apart.add([
      setApart(1n),
      setApart(2n, { timeZone: 'Asia/Tokyo' }),
      setApart(3n, { timeZone: 'Europe/Berlin', late: true }),
    ])
    t.strictSame([...(await apart.runs())].sort(), [`${day}@Asia/Tokyo`, `${day}@UTC`])
    const [one, ...others] = await apart.take('large', 'me')
    await apart.remove(one ? [one] : [])
    await apart.removeParked(others)
    t.equal((await apart.runs()).size, 0)
    t.equal(await apart.nextDue('large'), undefined)
  })
}
