import { openDeadLetters } from '@daybook/shared/dead-letters/dead-letter-store'
import { endOfDayEvent, toMessage } from '@daybook/shared/events'
import { client, received, token, until, watchTopic } from '@daybook/shared/testing'
import { test } from 'tap'
import { barrierGroup } from '../../src/barrier/announce-published.ts'
import { as, startTasks } from '../support/tasks.ts'

test('an operator replays an EndOfDay that tasks could not handle, and tasks publishes its answer', async t => {
  const { stack, url } = await startTasks(t)
  const endedAt = new Date()
  const message = toMessage(endOfDayEvent('2026-11-22', 'UTC', endedAt, 'end-of-day:UTC'), 'end-of-day:UTC')
  const read = { ...received(message, { timestamp: endedAt.getTime() }), topic: 'daybook.clock' }
  await openDeadLetters(stack.db)(barrierGroup)(read, new Error('bad'), 5)
  const path = `/dead-letters/${encodeURIComponent(`${barrierGroup}/daybook.clock/0/0`)}`

  const alice = await as(url, 'alice')
  t.equal((await alice(path)).status, 403)
  const operator = client(url, await token('operator', { admin: true }))
  t.match((await operator(path)).body, { error: { message: 'bad' }, json: { day: '2026-11-22' } })
  t.match((await operator(`${path}/replay`, { method: 'POST' })).body, { result: 'handled' })
  const clock = await watchTopic(t, stack, 'daybook.clock')
  await until('tasks publishes', () => clock.find(({ headers }) => headers.ce_type === 'TasksPublished'))
  t.match((await operator('/dead-letters')).body, { deadLetters: [], total: { count: 0 } })
})
