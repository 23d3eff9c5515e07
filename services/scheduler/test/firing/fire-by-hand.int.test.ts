import { makeStack } from '@daybook/shared/testing'
import { test } from 'tap'
import { fireByHand } from '../../src/firing/fire-by-hand.ts'
import { inMinutes } from '../support/minutes.ts'
import { makeScheduler } from '../support/scheduler.ts'

test('a firing by hand does not change the slots, and is refused too soon after the previous firing by hand', async t => {
  const { put, post, get, fired, operator } = await makeScheduler(t, await makeStack(t))
  await put('s', { cron: '0 0 1 1 *', paused: true, data: { a: 1 } })
  const before = await get('s')
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => post<{ id: string }>('s/fire', { traceparent })),
  )
  t.strictSame(answers.map(({ status }) => status).sort(), [202, 429, 429, 429])
  const refused = answers.find(({ status }) => status === 429)
  t.equal(refused?.headers.get('retry-after'), '1')
  t.match(refused?.body, { type: 'urn:daybook:error:DAYBOOK_SCHEDULE_TOO_OFTEN' })

  const { id } = answers.find(({ status }) => status === 202)?.body ?? {}
  const [event, ...others] = await fired('s')
  t.strictSame(others, [])
  t.match(event, {
    id: /^firing:s:by-hand:[0-9a-f-]{36}$/,
    traceparent: /^00-0af7651916cd43dd8448eb211c80319c-/,
    data: { schedule: 's', missed: false, byHand: true, data: { a: 1 } },
  })
  t.match(event, { id, time: event?.data.slot, data: { firedAt: event?.data.slot } })
  t.strictSame(await get('s'), before)
  type Changes = { changes: { version: number; action: string }[] }
  const { body } = await operator<Changes>('/schedules/s/changes')
  t.match(body.changes, [
    { version: 1, action: 'fired', by: 'operator', definition: undefined },
    { version: 1, action: 'created', definition: { data: { a: 1 } } },
  ])
  const past = await operator<{ firings: object[] }>('/schedules/s/firings')
  const { firedAt } = event?.data ?? {}
  t.strictSame(past.body.firings, [{ firedAt, slot: firedAt, lateMs: null, notFired: 0, id, by: 'operator' }])
  await operator('/schedules/s', { method: 'DELETE' })
  t.strictSame((await operator('/schedules/s/firings')).body, past.body, 'also after it was deleted')
  t.equal((await operator('/schedules/nothing/firings')).status, 404)
  t.equal((await post('nothing/fire')).status, 404)
})

test('firings by hand remove no change from the audit, which keeps the newest 50 firings', async t => {
  const { put, post, deps, operator } = await makeScheduler(t, await makeStack(t))
  await put('s', { every: 'PT1H' })
  const asking = { by: 'op', preconditions: {}, minInterval: 1000, traceparent: '' }
  for (let i = 0; i < 60; i += 1) await fireByHand(deps, 's', { ...asking, now: inMinutes(i) })
  await post('s/pause')
  type Changes = { changes: { version: number; action: string; at: string }[] }
  const audit = async (query: string) =>
    (await operator<Changes>(`/schedules/s/changes${query}`)).body.changes
  const all = await audit('?limit=250')
  const fired = Array.from({ length: 50 }, () => 'fired')
  t.strictSame(
    all.map(({ action }) => action),
    ['paused', ...fired, 'created'],
  )
  const times = all.slice(1, -1).map(({ at }) => at)
  t.strictSame(times, times.toSorted().reverse(), 'newest first')
  t.strictSame(await audit('?limit=2'), all.slice(0, 2))
})

test('only one of two requests that fire the same state of a schedule by hand succeeds', async t => {
  const { put, deps, fired } = await makeScheduler(t, await makeStack(t))
  await put('s', { every: 'PT1H' })
  const asking = { by: 'op', now: new Date(), preconditions: {}, minInterval: 1000, traceparent: '' }
  let isOvertaken = false
  const overtaken = {
    ...deps.schedules,
    async find(name: string) {
      const schedule = await deps.schedules.find(name)
      if (!isOvertaken) t.match(await fireByHand(deps, 's', asking), { id: /by-hand/ })
      isOvertaken = true
      return schedule
    },
  }
  const second = await fireByHand({ ...deps, schedules: overtaken }, 's', asking)
  t.match(second, { retryAfter: 1 })
  t.equal((await fired('s')).length, 1)
})
