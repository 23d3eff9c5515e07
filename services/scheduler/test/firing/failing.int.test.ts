import { makeStack, memoryLog, type Stack } from '@daybook/shared/testing'
import { test } from 'tap'
import { makeScheduler, schedulesOf } from '../support/scheduler.ts'

const past = () => new Date(Date.now() - 1000).toISOString()

/** Makes the events of a schedule wait for Kafka, more of them than it may have. */
async function fill(stack: Stack, name: string): Promise<void> {
  const event = { id: 'x', data: { day: 'x'.repeat(300_000), endedAt: past() } }
  await schedulesOf(stack).updateOne({ _id: name }, {
    $push: { outbox: { event, storedAt: new Date() } },
  } as never)
}

test('a schedule that cannot be fired holds up no other, and the log says which it is', async t => {
  const stack = await makeStack(t)
  const { put, tick, fired, deps } = await makeScheduler(t, stack)
  const { log, lines } = memoryLog()
  deps.log = log
  await put('broken', { at: past() })
  await put('sound', { at: past() })
  await schedulesOf(stack).updateOne({ _id: 'broken' }, { $set: { definition: '{' } } as never)
  t.notOk(await tick(), 'it is not tried again at once')
  t.equal((await fired('sound')).length, 1)
  t.match(lines, [{ level: 50, code: 'DAYBOOK_SCHEDULE_FAILED', schedule: 'broken' }])
})

test('a day whose ends wait for Kafka cannot be ended by hand without end', async t => {
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

test('a schedule whose events wait for Kafka keeps its place, and takes none from others', async t => {
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
