import { makeStack } from '@daybook/shared/testing'
import { test } from 'tap'
import { fireDue } from '../../src/firing/fire-due.ts'
import { inMinutes } from '../support/minutes.ts'
import { makeScheduler, schedulesOf } from '../support/scheduler.ts'

const names = Array.from({ length: 300 }, (_, i) => `s${i}`)

test('when schedulers fire the same schedules at the same time, one of them publishes and counts each slot', async t => {
  const stack = await makeStack(t)
  const { put, deps, fired } = await makeScheduler(t, stack)
  await Promise.all(names.map(name => put(name, { at: inMinutes(-1).toISOString() })))
  const offered: string[] = []
  let counted = 0
  const relay = {
    offer: events => void offered.push(...events.map(({ event }) => event.id)),
  } as typeof deps.relay
  const count = (_: string, { fired }: { fired: number }) => {
    counted += fired
  }
  const now = new Date()
  const due = await deps.schedules.due(now)
  t.equal(due.length, names.length)
  const schedules = { ...deps.schedules, due: async () => due }
  await Promise.all([1, 2, 3].map(() => fireDue({ ...deps, schedules, relay, count }, now)))
  const stored = (await Promise.all(names.map(fired))).flat().map(({ id }) => id)
  t.equal(stored.length, names.length)
  t.strictSame(offered.sort(), stored.sort())
  t.equal(counted, names.length)
})

test('a schedule whose firing cannot be stored does not stop those that are stored with it', async t => {
  const stack = await makeStack(t)
  const { put, deps, fired, tick } = await makeScheduler(t, stack)
  const few = names.slice(0, 9)
  for (const name of few) await put(name, { at: inMinutes(-1).toISOString() })
  const offered: string[] = []
  deps.relay = { offer: events => void offered.push(...events.map(({ event }) => event.id)) }
  const failed: unknown[] = []
  deps.log = { error: (entry: unknown) => void failed.push(entry) } as never
  // No update can add to these counts.
  await schedulesOf(stack).updateOne({ _id: 's4' }, { $set: { stats: { fired: 'none' } } } as never)
  await tick()
  t.match(failed, [{ code: 'DAYBOOK_SCHEDULE_FAILED', schedule: 's4' }])
  const others = few.filter(name => name !== 's4')
  const stored = (await Promise.all(others.map(fired))).flat().map(({ id }) => id)
  t.equal(stored.length, others.length)
  t.strictSame(offered.sort(), stored.sort(), 'those stored before the failure are published too')
})
