import { makeStack, memoryLog, type Stack } from '@daybook/shared/testing'
import { test } from 'tap'
import { makeScheduler, schedulesOf } from '../support/scheduler.ts'

const past = () => new Date(Date.now() - 1000).toISOString()

/** Stores so many events to publish in a schedule that it may not store more. */
async function fill(stack: Stack, name: string): Promise<void> {
  const event = { id: 'x', data: { day: 'x'.repeat(300_000), endedAt: past() } }
  await schedulesOf(stack).updateOne({ _id: name }, {
    $push: { outbox: { event, storedAt: new Date() } },
  } as never)
}

test('a schedule that cannot be fired does not stop the others, and the log names it', async t => {
  const stack = await makeStack(t)
  const { put, tick, fired, deps } = await makeScheduler(t, stack)
  const { log, lines } = memoryLog()
  deps.log = log
  await put('broken', { at: past() })
  await put('sound', { at: past() })
  await schedulesOf(stack).updateOne({ _id: 'broken' }, { $set: { definition: '{' } } as never)
  t.notOk(await tick(), 'the next tick does not follow at once')
  t.equal((await fired('sound')).length, 1)
  t.match(lines, [{ level: 50, code: 'DAYBOOK_SCHEDULE_FAILED', schedule: 'broken' }])
})

test('a day cannot be ended by hand while too many events of its schedule wait for Kafka', async t => {
  const stack = await makeStack(t)
  const { operator } = await makeScheduler(t, stack, { timeZones: ['UTC'] })
  await fill(stack, 'end-of-day:UTC')
  const { status, headers, body } = await operator<{ type: string }>('/end-of-day', {
    body: { day: '2026-01-01' },
  })
  t.equal(status, 429)
  t.match(body.type, 'DAYBOOK_SCHEDULE_TOO_OFTEN')
  t.equal(headers.get('retry-after'), '5')
})

test('a schedule with too many unpublished events fires after they are published, and does not stop the others', async t => {
  const stack = await makeStack(t)
  const { put, tick, fired, deps } = await makeScheduler(t, stack)
  await put('full', { at: past() })
  await put('other', { at: past() })
  await fill(stack, 'full')
  t.strictSame(
    (await deps.schedules.due(new Date())).map(({ _id }) => _id),
    ['other'],
  )
  await tick()
  t.equal((await fired('other')).length, 1)
  await schedulesOf(stack).updateOne({ _id: 'full' }, { $set: { outbox: [] } })
  await tick()
  t.equal((await fired('full')).length, 1)
})
