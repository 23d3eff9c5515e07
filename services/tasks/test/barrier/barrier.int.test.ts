import { type Envelope, endOfDayEvent, type TaskEvent, toMessage, topics } from '@daybook/shared/events'
import { connectKafka, hasPassed, offsetsFromJson } from '@daybook/shared/kafka'
import { type SeenRecord, type Stack, silent, until, watchTopic } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { after, complete as completion, create, taskId } from '../support/given.ts'
import { as, complete, startTasks, storedEvents, write } from '../support/tasks.ts'

/** Ends a day now. @returns the instant */
async function endDay(t: Test, { brokers, prefix }: Stack): Promise<Date> {
  const onCrash = (error: Error) => t.fail(error.message)
  const options = { brokers, prefix, service: 'test', topics: [topics.clock], log: silent, onCrash }
  const kafka = await connectKafka(options)
  t.teardown(() => kafka.close())
  const endedAt = new Date()
  const event: Envelope = endOfDayEvent('2026-11-22', 'UTC', endedAt, 'end-of-day:UTC')
  await kafka.publish(topics.clock.name, [toMessage(event, event.subject)])
  return endedAt
}

const offsetsOf = (records: SeenRecord[]) =>
  records.map(({ partition, offset }) => new Map([[partition, BigInt(offset) + 1n]]))

test('after the end of a day, the events of all answered commands are before the offsets that tasks publishes', async t => {
  const { stack, url } = await startTasks(t)
  const users = await Promise.all(Array.from({ length: 12 }, (_, i) => as(url, `user-${i}`)))
  const tasks = await Promise.all(users.map(ask => write(ask)))
  await Promise.all(tasks.map(({ id }, i) => complete(users[i] as (typeof users)[number], id)))
  // Another process has answered and ended.
  const past = after(t, [create(), completion(new Date().toISOString())]).events
  const left = past.map(({ id, ...event }: TaskEvent) => ({ _id: id, ...event, published: false }))
  await storedEvents(stack).insertMany(left)

  const endedAt = await endDay(t, stack)
  const clock = await watchTopic(t, stack, 'daybook.clock')
  const told = await until('tasks publishes', () =>
    clock.find(({ headers }) => headers.ce_type === 'TasksPublished'),
  )
  t.match(told, { key: 'daybook.tasks', value: { endedAt: endedAt.toISOString() } })
  const barrier = offsetsFromJson(told.value.offsets as Record<string, string>)
  const records = await watchTopic(t, stack, 'daybook.tasks')
  await until('all events are read', () => records.length >= 26)
  t.ok(records.some(({ headers }) => headers.ce_id === `${taskId}:2`))
  for (const offsets of offsetsOf(records)) t.ok(hasPassed(barrier, offsets))
})
