import { isDeepStrictEqual } from 'node:util'
import { type SeenRecord, type Stack, silent, until, watchTopic } from '@daybook/shared/testing'
import kafkajs from 'kafkajs'
import { test } from 'tap'
import { openStoredIds, type Part } from '../../src/events/stored-ids-store.ts'
import { countEvents } from '../../src/republish/republish-events.ts'
import { startCommand } from '../support/commands.ts'
import { compactedStates, tasksOfView } from '../support/states.ts'
import { as, complete, reopen, startTasks, storedEvents, write } from '../support/tasks.ts'

const contentOf = ({ key, value, headers, partition }: SeenRecord) => ({ key, value, headers, partition })
const sequenceOf = ({ value }: SeenRecord) => Number(value.sequence)

async function deleteTopic({ brokers, prefix }: Stack, topic: string): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  await admin.deleteTopics({ topics: [prefix + topic] })
  await until('the topic is gone', async () => !(await admin.listTopics()).includes(prefix + topic))
  await admin.disconnect()
}

test('stored events are published again', async t => {
  const { stack, url } = await startTasks(t)
  const republish = (...args: string[]) => startCommand(t, stack, 'republish', ...args).ended
  const [alice, bob] = await Promise.all([as(url, 'alice'), as(url, 'bob')])
  const tasks = await Promise.all([write(alice), write(alice), write(bob)])
  const [long] = tasks
  for (let round = 0; round < 6; round += 1) {
    await complete(alice, long.id)
    await reopen(alice, long.id)
  }
  await alice(`/tasks/${tasks[1]?.id}`, { method: 'DELETE' })
  const records = await watchTopic(t, stack, 'daybook.tasks')
  const COUNT = 16
  await until('each event is published', () => records.length === COUNT)
  const first = records.map(contentOf)

  await t.test('a dry run counts and publishes nothing', async t => {
    const { code, lines, errors } = await republish('--dry-run')
    t.strictSame([code, lines], [0, ['16 events of 3 tasks would be published again.']], errors)
    t.equal(records.length, COUNT)
  })

  await t.test('all of them come with the same bytes, those of each task in order', async t => {
    const { code, lines, errors } = await republish()
    t.strictSame([code, lines], [0, ['16 events of 3 tasks are published again.']], errors)
    await until('each event is there twice', () => records.length === 2 * COUNT)
    const again = records.slice(COUNT)
    const inOrder = (some: object[]) => some.map(one => JSON.stringify(one)).sort()
    t.strictSame(inOrder(again.map(contentOf)), inOrder(first))
    const ofLong = again.filter(({ value }) => value.taskId === long.id).map(sequenceOf)
    t.strictSame(
      ofLong,
      [...ofLong].sort((a, b) => a - b),
    )
  })

  await t.test('those of one user, or of one date in UTC', async t => {
    const ids = openStoredIds(stack.db)
    const count = (part: Part) => countEvents(part, { ids, log: silent })
    t.strictSame(await count({ userId: 'alice' }), { events: 15, tasks: 2 })
    t.strictSame(await count({ day: '2001-02-03' }), { events: 0, tasks: 0 })
    const today = String((await storedEvents(stack).findOne({ type: 'TaskCreated' }))?.time).slice(0, 10)
    await storedEvents(stack).updateOne(
      { _id: `${long.id}:2` },
      { $set: { time: '2001-02-03T23:59:59.999Z' } },
    )
    t.strictSame(await count({ day: '2001-02-03' }), { events: 1, tasks: 1 })
    t.strictSame(await count({ day: '2001-02-03', userId: 'bob' }), { events: 0, tasks: 0 })
    t.strictSame(await count({ day: today, userId: 'bob' }), { events: 1, tasks: 1 })
  })

  await t.test('wrong arguments print the usage', async t => {
    t.match(await republish('--day', 'today'), { code: 1, errors: /^usage: republish \[--user/ })
  })

  await t.test('the topic of states is filled again after it was deleted', async t => {
    await deleteTopic(stack, 'daybook.tasks.state')
    t.equal((await republish()).code, 0)
    const states = await watchTopic(t, stack, 'daybook.tasks.state')
    const expected = await tasksOfView(stack)
    t.equal(expected.length, 2)
    await until('all states are there', () => isDeepStrictEqual(compactedStates(states), expected))
    await complete(await as(url, 'bob'), tasks[2]?.id ?? '')
    await until('later changes come too', () =>
      states.some(({ key, headers }) => key === tasks[2]?.id && headers.version === '2'),
    )
  })
})
