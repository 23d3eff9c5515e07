import { makeStack, type Stack, until } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { forgetIdle, MAX_CHECKED } from '../../src/retention/forget-idle.ts'
import type { Schedule, UserSchedule } from '../../src/schedules/schedule.ts'
import { few, makeScheduler, type Refusal, schedulesOf, startScheduler } from '../support/scheduler.ts'

const day = 86_400_000
const retention = 30 * day
const daysAgo = (count: number) => new Date(Date.now() - count * day)
const defaults = { timeZone: 'UTC', paused: false, catchUp: 'all', catchUpWindow: 'P7D' }

/** A schedule with `at` that fired so many days ago, as versions without retention stored it. */
function finished(name: string, age: number, changes: Partial<UserSchedule> = {}): UserSchedule {
  const at = daysAgo(age)
  const definition = JSON.stringify({ at: at.toISOString(), data: { a: 1 }, ...defaults })
  return {
    _id: name,
    kind: 'user',
    version: 3,
    definition,
    anchor: at,
    stats: { fired: 1, missed: 0, caughtUp: 0, lastSlot: at, lastFiredAt: at, lateMs: 5 },
    firedByHandAt: at,
    firedByHand: [{ version: 3, at, by: 'op' }],
    firings: [{ at, slot: at, by: 'op', id: 'firing' }],
    changes: [{ version: 3, at, by: 'op', action: 'created', definition }],
    ...changes,
  }
}

const withDefinition = (schedule: UserSchedule, fields: object): UserSchedule => ({
  ...schedule,
  definition: JSON.stringify({ ...defaults, ...fields }),
})

async function start(t: Test) {
  const stack = await makeStack(t)
  const scheduler = await makeScheduler(t, stack, { timeZones: ['UTC'] })
  const insert = (schedules: UserSchedule[]) => schedulesOf(stack).insertMany(schedules as Schedule[])
  return { stack, insert, ...scheduler }
}

/** All stored schedules by name, without `notIdleBefore`. */
async function stored(stack: Stack): Promise<Record<string, Schedule>> {
  const all = await schedulesOf(stack)
    .find({}, { projection: { notIdleBefore: 0 } })
    .toArray()
  return Object.fromEntries(all.map(schedule => [schedule._id, schedule]))
}

test('a schedule that is idle for long enough loses its definition and audit; other schedules stay as they are', async t => {
  const { stack, deps, insert } = await start(t)
  const end = daysAgo(40).toISOString()
  const old = [
    finished('tombstone', 50, { deletedAt: daysAgo(31) }),
    finished('once', 31),
    withDefinition(finished('ended', 50), { every: 'PT1H', end }),
  ]
  const outbox = [{ event: {} as never, storedAt: daysAgo(50) }]
  const others = [
    finished('tombstone-young', 50, { deletedAt: daysAgo(29) }),
    finished('once-young', 29),
    finished('by-hand', 50, { firedByHandAt: daysAgo(2) }),
    finished('waiting', 50, { outbox }),
    withDefinition(finished('paused', 50), { at: end, paused: true }),
    withDefinition(finished('active', 50, { nextSlot: daysAgo(-1), nextFireAt: daysAgo(-1) }), {
      every: 'PT1H',
    }),
    finished('unclear', 50, { definition: '{' }),
  ]
  await insert([...old, ...others])
  const before = await stored(stack)
  const now = new Date()
  t.match(await forgetIdle(deps.schedules, retention, now), { forgotten: 3 })
  t.match(
    await forgetIdle(deps.schedules, retention, now),
    { checked: 0, forgotten: 0 },
    'schedules that are not idle are not checked again',
  )
  const after = await stored(stack)
  const forgotten = Object.fromEntries(
    old.map(({ _id, stats, deletedAt = now }) => {
      const { lastSlot } = stats ?? {}
      return [_id, { _id, kind: 'user', version: 3, stats: { lastSlot }, deletedAt }]
    }),
  )
  t.strictSame(after, { ...before, ...forgotten })
})

test('the name of a forgotten schedule is free; its versions continue, and no slot fires twice', async t => {
  const { operator, put, deps, insert, tick, fired } = await start(t)
  const schedule = finished('once', 40)
  await insert([schedule])
  await forgetIdle(deps.schedules, retention, new Date())
  for (const path of ['once', 'once/next']) t.equal((await operator(`/schedules/${path}`)).status, 404, path)
  type List = { schedules: object[] }
  t.strictSame((await operator<List>('/schedules?kind=user')).body.schedules, [])
  type Changes = { changes: { version: number; action: string }[] }
  const audit = async () => (await operator<Changes>('/schedules/once/changes')).body.changes
  t.strictSame(await audit(), [])

  const { at } = JSON.parse(schedule.definition)
  const again = await put<Refusal>('once', { at, catchUpWindow: 'P100D' })
  t.match([again.status, again.body.errors], [400, [{ pointer: '/at', detail: /no slot fires twice/ }]])
  const made = await put('once', { at: daysAgo(1).toISOString() }, { 'if-none-match': '*' })
  t.match([made.status, made.headers.get('etag')], [201, '"4"'])
  t.match(await audit(), [{ version: 4, action: 'created' }])
  await tick()
  t.equal((await fired('once')).length, 1)
})

test('a schedule that is changed or fired by hand in the meantime is not forgotten', async t => {
  const { stack, operator, put, post, deps, insert } = await start(t)
  await insert(['changed', 'deleted', 'by-hand', 'idle'].map(name => finished(name, 40)))
  const { schedules } = deps
  const overtaken: typeof schedules = {
    ...schedules,
    async forget(...args) {
      await put('changed', { every: 'PT1H' })
      await operator('/schedules/deleted', { method: 'DELETE' })
      t.equal((await post('by-hand/fire')).status, 202)
      return schedules.forget(...args)
    },
  }
  t.match(await forgetIdle(overtaken, retention, new Date()), { checked: 4, forgotten: 1 })
  const after = (await stored(stack)) as Record<string, UserSchedule>
  t.match(after.changed, { version: 4, definition: /PT1H/, deletedAt: undefined })
  t.match(after.deleted, { version: 4, definition: /"at"/, changes: { length: 2 } })
  t.match(after['by-hand'], { definition: /"at"/, outbox: { length: 1 } })
  t.equal(after.idle?.definition, undefined)
})

test('several processes forget schedules concurrently; a process whose clock was set back forgets nothing', async t => {
  const { stack, deps, insert } = await start(t)
  const count = 2 * MAX_CHECKED + 10
  await insert(Array.from({ length: count }, (_, i) => finished(`s${i}`, 40)))
  t.match(await forgetIdle(deps.schedules, retention, daysAgo(15)), { checked: MAX_CHECKED, forgotten: 0 })
  const turns = await Promise.all([1, 2, 3].map(() => forgetIdle(deps.schedules, retention, new Date())))
  t.ok(turns.every(({ checked }) => checked === MAX_CHECKED))
  while ((await forgetIdle(deps.schedules, retention, new Date())).checked > 0);
  t.equal(await schedulesOf(stack).countDocuments({ definition: { $exists: true } }), 0)
  t.equal(await schedulesOf(stack).countDocuments({ 'stats.lastSlot': { $exists: true } }), count)
})

test('a scheduler forgets schedules after SCHEDULE_RETENTION_DAYS', async t => {
  const stack = await makeStack(t)
  await schedulesOf(stack).insertMany([finished('old', 3), finished('young', 1)] as Schedule[])
  const { get, operator } = await startScheduler(t, stack, { ...few, SCHEDULE_RETENTION_DAYS: '2' })
  await until('the schedule is forgotten', async () => (await operator('/schedules/old')).status === 404)
  t.match(await get('young'), { version: 3, definition: { data: { a: 1 } } })
})
