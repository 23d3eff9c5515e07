import type { TaskEvent } from '@daybook/shared/events'
import type { EventStore } from '../../../services/tasks/src/events/event-store.ts'
import type { Waiting } from '../../../services/tasks/src/events/waiting.ts'
import { type Contract, stopClock } from './contract.ts'

const ended = new Date('2026-11-23T00:00:00.000Z')
const before = '2026-11-22T23:59:59.999Z'
const later = new Date('2027-01-01T00:00:00.000Z')

/** The event of a task with a sequence: its creation, then edits of its name. */
function event(taskId: string, sequence = 1, time = before): TaskEvent {
  const about = { id: `${taskId}:${sequence}`, source: '/daybook/tasks', subject: taskId, time }
  const data = { taskId, userId: 'alice', sequence }
  if (sequence > 1)
    return {
      ...about,
      type: 'TaskEdited',
      data: { ...data, editedAt: time, changes: { name: `${sequence}` } },
    }
  const details = { name: '1', notes: null, dueOn: null, tags: [] }
  return { ...about, type: 'TaskCreated', data: { ...data, createdAt: time, ...details } }
}

const events = (tasks: string[], sequence = 1, time = before) =>
  tasks.map(task => event(task, sequence, time))
const stored = (answers: (Waiting | undefined)[]) => answers.filter(one => one !== undefined)
const idsOf = (waiting: Waiting[]) => waiting.map(one => one.event.id)

export const eventStoreContract: Contract<EventStore> = (t, fresh) => {
  t.test('events are read as they were given, those of a task in order', async t => {
    const store = await (await fresh())()
    const given = [event('a', 1), event('a', 2), event('b', 1)]
    await store.append(given)
    await store.append([event('a', 3)])
    t.strictSame(await store.read('a', [3, 1, 4]), [event('a', 1), event('a', 3)])
    t.strictSame(await store.readAll(['a:2', 'c:1', 'a:1']), [event('a', 1), event('a', 2)])
    t.match(await store.rebuild('a'), { id: 'a', version: 3, name: '3', createdAt: before })
    t.equal(await store.rebuild('c'), undefined)
    t.strictSame(await store.append([]), [])
  })

  t.test('of two events with the same sequence the second is a conflict, alone and in a group', async t => {
    const open = await fresh()
    const [one, two] = [await open(), await open()]
    t.strictSame(await one.append([event('b')]), [{ event: event('b'), mark: { event: 'b:1' } }])
    t.strictSame(await two.append([event('b')]), [undefined])
    const answers = await two.append(events(['a', 'b', 'c']))
    t.strictSame(
      answers.map(answer => answer?.event.id),
      ['a:1', undefined, 'c:1'],
    )
    t.strictSame(await one.append(events(['a', 'b', 'c'])), [undefined, undefined, undefined])
    await two.markPublished([...stored(answers), { event: event('b'), mark: { event: 'b:1' } }])
    t.strictSame(await one.oldestWaiting(later, 9), [], 'a group without an event leaves nothing')
  })

  t.test('after a conflict, the events of its task that follow it are not stored either', async t => {
    const store = await (await fresh())()
    await store.append([event('a', 2), event('c', 3)])
    const group = [event('a', 1), event('b', 1), event('a', 2), event('c', 2), event('a', 3), event('b', 2)]
    const answers = await store.append([...group, event('c', 3), event('c', 4)])
    t.strictSame(
      answers.map(answer => answer?.event.id),
      ['a:1', 'b:1', undefined, 'c:2', undefined, 'b:2', undefined, undefined],
    )
    t.strictSame(await store.readAll(['a:3', 'c:4']), [])
  })

  t.test('of several processes that append the same event at the same time, one succeeds', async t => {
    const open = await fresh()
    const first = await open()
    const stores = [first, await open(), await open()]
    const alone = await Promise.all(stores.map(store => store.append([event('a')])))
    t.equal(stored(alone.flat()).length, 1)
    const together = await Promise.all(stores.map(store => store.append(events(['b', 'c', 'd']))))
    t.equal(stored(together.flat()).length, 3)
    const left = await first.oldestWaiting(later, 99)
    t.strictSame(idsOf(left).sort(), ['a:1', 'b:1', 'c:1', 'd:1'].sort())
    await first.markPublished(left)
    // A note of a process that stored nothing, or less than it names, still waits for what is missing.
    t.strictSame(idsOf(await first.oldestWaiting(later, 99)), [])
    t.notOk(await first.hasUnpublished(later))
  })

  t.test(
    'events wait until they are marked as published, oldest first and in order within a task',
    async t => {
      const store = await (await fresh())()
      const at = (minute: number) => `2026-11-22T10:0${minute}:00.000Z`
      await store.append([event('b', 1, at(3))])
      await store.append([event('a', 1, at(1))])
      await store.append([event('a', 2, at(2))])
      const until = (minute: number, limit = 9) => store.oldestWaiting(new Date(at(minute)), limit)
      t.strictSame(idsOf(await until(9, 2)), ['a:1', 'a:2'])
      t.strictSame(idsOf(await until(3)), ['a:1', 'a:2'], 'before the instant')
      t.strictSame(await until(2), [{ event: event('a', 1, at(1)), mark: { event: 'a:1' } }])
      await store.markPublished(await until(2))
      t.strictSame(idsOf(await until(9)), ['b:1', 'a:2'])
      t.strictSame(await store.readAll(['a:1']), [event('a', 1, at(1))], 'a published event stays')
    },
  )

  t.test('a group waits until its last event is marked', async t => {
    const clock = stopClock(t)
    const store = await (await fresh())()
    const group = stored(await store.append(events(['a', 'b', 'c'])))
    t.strictSame(
      group.map(({ mark }) => mark && 'note' in mark),
      [undefined, undefined, true],
    )
    t.strictSame(await store.oldestWaiting(new Date(), 9), [], 'a group is as old as its insert')
    clock.pass(1)
    t.strictSame(await store.oldestWaiting(new Date(), 9), group)
    await store.markPublished(group.slice(0, 2))
    t.equal((await store.oldestWaiting(new Date(), 9)).length, 3)
    await store.markPublished(group)
    t.strictSame(await store.oldestWaiting(new Date(), 9), [])
  })

  t.test('an event waits together with those of its task before it, under any mark', async t => {
    const store = await (await fresh())()
    const [first] = stored(await store.append([event('a', 1)]))
    await store.append([event('a', 2), event('b', 1)])
    await store.append([event('a', 3)])
    await store.append([event('a', 4)])
    const upTo = async (...ids: string[]) => idsOf(await store.waitingUpTo(ids))
    t.strictSame(await upTo('a:3'), ['a:1', 'a:2', 'a:3'])
    t.strictSame(await upTo('b:1', 'none'), ['b:1'])
    t.match(await store.waitingUpTo(['a:3']), [{ mark: { event: 'a:1' } }, {}, { mark: { event: 'a:3' } }])
    t.equal((await store.waitingUpTo(['a:2']))[1]?.mark, undefined, 'the note names other events too')
    await store.markPublished([first as Waiting])
    t.strictSame(await upTo('a:2'), ['a:2'])
    t.strictSame(await upTo('a:1'), [])
    t.strictSame(await upTo(), [])
  })

  t.test('an event from before an instant is unpublished until it is marked', async t => {
    const store = await (await fresh())()
    const waits = () => store.hasUnpublished(ended)
    t.notOk(await waits())
    const [alone] = stored(await store.append([event('a')]))
    t.ok(await waits())
    await store.markPublished([alone as Waiting])
    t.notOk(await waits())
    await store.append([event('b', 1, ended.toISOString())])
    await store.append(events(['c', 'd'], 1, ended.toISOString()))
    t.notOk(await waits(), 'exactly at the instant')
    const group = await store.append([event('e', 1, ended.toISOString()), event('f'), event('g')])
    t.ok(await waits())
    await store.markPublished(stored(group))
    t.notOk(await waits())
  })
}
