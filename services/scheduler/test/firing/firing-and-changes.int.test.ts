import { makeStack } from '@daybook/shared/testing'
import { test } from 'tap'
import { toDefinition } from '../../src/definitions/definition.ts'
import { fire } from '../../src/firing/fire-due.ts'
import { putSchedule } from '../../src/schedules/change-schedule.ts'
import { inMinutes } from '../support/minutes.ts'
import { makeScheduler, type Refusal } from '../support/scheduler.ts'

test('a paused schedule does not fire, and its slots during the pause are not missed', async t => {
  const { put, post, get, tick, fired } = await makeScheduler(t, await makeStack(t))
  await put('s', { every: 'PT1M', start: inMinutes(-100.5).toISOString() })
  await post('s/pause')
  await tick(inMinutes(60))
  await post('s/resume')
  t.match(await get('s'), { stats: { fired: 0, missed: 0 } })
  await tick()
  t.strictSame(await fired('s'), [])
})

test('an `at` that passes during a pause fires when the schedule is resumed, or resuming is refused', async t => {
  const { put, post, get, tick, fired, operator } = await makeScheduler(t, await makeStack(t))
  const at = inMinutes(-60).toISOString()
  type Next = { next: { slot: string }[] }
  const preview = async () => (await operator<Next>('/schedules/once/next')).body.next.map(({ slot }) => slot)
  await put('once', { at, paused: true })
  t.strictSame(await preview(), [at])
  // With this window the instant is too old.
  await put('once', { at, paused: true, catchUpWindow: 'PT30M' })
  t.strictSame(await preview(), [])
  for (const refused of [
    await post<Refusal>('once/resume'),
    await put<Refusal>('once', { at, catchUp: 'none' }),
  ])
    t.match([refused.status, refused.body.errors], [400, [{ pointer: '/at', detail: /would never fire/ }]])
  t.match(await get('once'), { version: 2, nextSlot: null, definition: { paused: true } })

  await put('once', { at, paused: true, catchUpWindow: 'PT2H' })
  t.match((await post('once/resume')).body, { version: 4, nextSlot: at })
  await tick()
  t.match(await fired('once'), [{ time: at, data: { missed: true } }])
  await post('once/pause')
  const again = await post<Refusal>('once/resume')
  t.match([again.status, again.body.errors?.[0]?.detail], [400, /no slot fires twice/])
  t.equal((await fired('once')).length, 1)
})

test('after a change is answered, the schedule does not fire its old definition', async t => {
  const { put, post, operator, deps, fired } = await makeScheduler(t, await makeStack(t))
  const now = inMinutes(5)
  const changes = {
    put: () => put('put', { every: 'PT2H' }),
    data: () => put('data', { every: 'PT1M', data: { new: true } }),
    pause: () => post('pause/pause'),
    delete: () => operator('/schedules/delete', { method: 'DELETE' }),
  }
  for (const name of Object.keys(changes)) await put(name, { every: 'PT1M', data: { new: false } })
  const read = await deps.schedules.due(now)
  t.equal(read.length, 4)
  for (const change of Object.values(changes)) await change()
  for (const schedule of read) t.equal(await fire(deps, schedule, now), 'not')
  for (const name of Object.keys(changes)) t.strictSame(await fired(name), [], name)
})

test('a slot that fires while its schedule is being changed does not fire again', async t => {
  const { deps, put, tick, fired } = await makeScheduler(t, await makeStack(t))
  const body = { every: 'PT1M', start: inMinutes(-0.5).toISOString() }
  await put('s', body)
  const now = inMinutes(3)
  const { schedules } = deps
  let isOvertaken = false
  const overtaken = {
    ...schedules,
    async read(name: string) {
      const schedule = await schedules.read(name)
      if (!isOvertaken) await tick(now)
      isOvertaken = true
      return schedule
    },
  }
  const definition = toDefinition({ ...body, data: { a: 1 } }, 'UTC')
  await putSchedule(overtaken, 's', definition, { by: 'operator', now, preconditions: {} })
  await tick(now)
  const slots = (await fired('s')).map(({ data }) => data.slot)
  t.equal(slots.length, 3)
  t.equal(new Set(slots).size, 3)
})

test('each of several concurrent requests makes one version or is refused', async t => {
  const { put, operator } = await makeScheduler(t, await makeStack(t))
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => put('new', { every: 'PT1H' }, { 'if-none-match': '*' })),
  )
  t.strictSame(answers.map(({ status }) => status).sort(), [201, 412, 412, 412, 412])
  await Promise.all(Array.from({ length: 10 }, (_, i) => put('s', { every: `PT${i + 1}H` })))
  const { body } = await operator<{ changes: { version: number }[] }>('/schedules/s/changes')
  t.strictSame(
    body.changes.map(({ version }) => version),
    [10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
  )
})

test('an `at` that has fired is refused under the same name, also after the schedule was deleted', async t => {
  const { put, get, tick, fired, operator } = await makeScheduler(t, await makeStack(t))
  const [a, b] = [inMinutes(-2).toISOString(), inMinutes(-1).toISOString()]
  for (const at of [a, b]) {
    await put('once', { at })
    await tick()
  }
  const again = async (at: string) => (await put<Refusal>('once', { at })).body.errors?.[0]?.pointer
  t.equal(await again(a), '/at')
  t.equal((await put('once', { at: b, data: { a: 1 } })).status, 200, 'its data may change')
  await operator('/schedules/once', { method: 'DELETE' })
  t.equal(await again(b), '/at')
  t.equal((await put('once', { every: 'PT1H' })).status, 201)
  t.match(await get('once'), { stats: { fired: 0, missed: 0, caughtUp: 0, lastSlot: b } })
  await tick()
  t.equal((await fired('once')).length, 2)
})
