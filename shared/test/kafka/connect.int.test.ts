import { test } from 'tap'
import { hasPassed } from '../../src/kafka/index.ts'
import { until } from '../support/index.ts'
import { collector, deleteRecords, holdingCollector, letter, openAdmin, setUp, single } from './port.ts'

test('a group passes the end of a topic when it has handled everything published before', async t => {
  const { kafka } = await setUp(t)
  t.ok(hasPassed(new Map(), await kafka.endOffsets('letters')), 'an empty topic has no barrier')
  await kafka.publish(
    'letters',
    ['a', 'b', 'c'].map(key => letter(key)),
  )
  const barrier = await kafka.endOffsets('letters')
  t.equal(
    [...barrier.values()].reduce((sum, offset) => sum + offset, 0n),
    3n,
  )
  const { seen, options } = collector()
  // Kafka may take a moment to elect the coordinator of a new group.
  const position = await until('it is known', () => kafka.committedOffsets(options.group, 'letters'))
  t.notOk(hasPassed(position, barrier))
  const consumer = await kafka.consume(options)
  t.teardown(consumer.stop)
  await until('it is passed', async () =>
    hasPassed(await kafka.committedOffsets(options.group, 'letters'), barrier),
  )
  t.equal(seen.length, 3)
})

test('a group does not start when its next records were deleted before it read them', async t => {
  const { kafka, stack } = await setUp(t, { topics: [single] })
  const { options, reached } = collector()
  await kafka.publish('letters', [letter('k', 'read')])
  const consumer = await kafka.consume(options)
  await reached(1)
  await consumer.stop()

  await kafka.publish(
    'letters',
    ['unread', 'unread', 'kept'].map(text => letter('k', text)),
  )
  await deleteRecords(t, stack, '3')
  const starting = kafka.consume(options)
  await t.rejects(starting, { code: 'DAYBOOK_KAFKA_OFFSETS_GONE', message: /up to 1, the log holds 3 to 4/ })
})

test('a group starts when it has read the deleted records', async t => {
  const { kafka, stack } = await setUp(t, { topics: [single] })
  const { seen, options, reached } = collector()
  await kafka.publish('letters', [letter('k', '1'), letter('k', '2')])
  const first = await kafka.consume(options)
  await reached(2)
  await first.stop()
  await deleteRecords(t, stack, '2')
  const second = await kafka.consume(options)
  t.teardown(second.stop)
  await kafka.publish('letters', [letter('k', '3')])
  await reached(3)
  t.equal(String(seen.at(-1)?.value), '3')
})

test('a group does not start when its position is after the end of the log', async t => {
  const { kafka, stack } = await setUp(t, { topics: [single] })
  const { options } = collector()
  await kafka.publish('letters', [letter('k', '1'), letter('k', '2')])
  const admin = await openAdmin(t, stack)
  const partitions = [{ partition: 0, offset: '9' }]
  await admin.setOffsets({
    groupId: stack.prefix + options.group,
    topic: `${stack.prefix}letters`,
    partitions,
  })
  await t.rejects(kafka.consume(options), { code: 'DAYBOOK_KAFKA_OFFSETS_GONE', message: /up to 9/ })
})

test('a running consumer crashes when its next records are deleted, and reads no later records', async t => {
  const { kafka, stack, crashes } = await setUp(t, { topics: [single] })
  const { seen, options, reached, release } = holdingCollector()
  await kafka.publish('letters', [letter('k', 'read')])
  const consumer = await kafka.consume(options)
  t.teardown(consumer.stop)
  await reached(1)
  await kafka.publish(
    'letters',
    ['unread', 'unread', 'kept'].map(text => letter('k', text)),
  )
  await deleteRecords(t, stack, '3')
  release()
  await until('it crashes', () => crashes.length > 0)
  t.match(crashes, [{ code: 'DAYBOOK_KAFKA_OFFSETS_GONE' }])
  t.equal(seen.length, 1)
})
