import { earlierVersions, type TaskEvent } from '@daybook/shared/events'
import { makeStack } from '@daybook/shared/testing'
import { test } from 'tap'
import { Type } from 'typebox'
import { openEventStore } from '../../src/events/event-store.ts'
import { after, create, edit } from '../support/given.ts'
import { storedEvents } from '../support/tasks.ts'

test('a stored event of an earlier version is read and published with data of the current one', async t => {
  const stack = await makeStack(t)
  const store = await openEventStore(stack.db)
  const { events } = after(t, [create(), edit('2026-11-22T09:00:00Z', { name: 'Edited' })])
  const [created, edited] = events as [TaskEvent, TaskEvent]

  // From here on TaskCreated has a second version, whose names end in an exclamation mark.
  await store.append([created])
  earlierVersions.set('TaskCreated', [
    { schema: Type.Any(), upcast: (data: { name: string }) => ({ ...data, name: `${data.name}!` }) },
  ])
  const upcast = `${(created.data as { name: string }).name}!`
  const { taskId } = created.data
  t.match(await store.read(taskId, [1]), [{ type: 'TaskCreated', data: { name: upcast } }])
  t.match(await store.waitingUpTo([created.id]), [{ event: { data: { name: upcast } } }])
  await store.append([edited])
  t.match(await store.rebuild(taskId), { name: 'Edited', version: 2 })

  const other = '019ab0c0-0000-7000-8000-000000000002'
  const newer = { ...created, id: `${other}:1`, subject: other, data: { ...created.data, taskId: other } }
  await store.append([newer as TaskEvent])
  t.strictSame(await store.readAll([newer.id]), [newer], 'an event of the current version stays as it is')
  const versions = await storedEvents(stack).find().sort({ _id: 1 }).toArray()
  t.strictSame(
    versions.map(({ _id, dataVersion }) => [_id, dataVersion]).sort(),
    [
      [created.id, undefined],
      [edited.id, undefined],
      [newer.id, 2],
    ].sort(),
  )
})
