import type { TaskEvent } from '@daybook/shared/events'
import { test } from 'tap'
import type { Command } from '../src/decide.ts'
import { evolve, type Task } from '../src/task.ts'
import {
  after,
  alice,
  complete,
  create,
  details,
  edit,
  remove,
  reopen,
  restore,
  taskId,
} from './support/given.ts'

const fold = (events: TaskEvent[]) =>
  events.reduce<Task | undefined>((task, event) => evolve(task, event), undefined)

const life = [
  create('2026-11-22T08:00:00Z'),
  edit('2026-11-22T09:00:00Z', { name: 'Water all', dueOn: '2026-12-01', tags: ['home'] }),
  complete('2026-11-22T10:00:00Z', 'Europe/Berlin'),
  reopen('2026-11-22T11:00:00Z'),
  edit('2026-11-22T12:00:00Z', { notes: 'twice', dueOn: null }),
  complete('2026-11-23T10:00:00Z', 'Asia/Tokyo'),
  remove('2026-11-24T10:00:00Z'),
  restore('2026-11-24T11:00:00Z'),
]

test('each event of a task changes it as expected', async t => {
  for (let steps = 1; steps <= life.length; steps += 1) {
    const { events, task } = after(t, life.slice(0, steps))
    t.equal(events.length, steps)
    t.strictSame(fold(events), task)
    t.match(task, { version: steps, updatedAt: life[steps - 1]?.now.toISOString() })
  }
})

test('a task has the changes of all its events', async t => {
  t.strictSame(after(t, life.slice(0, 6)).task, {
    id: taskId,
    userId: alice,
    name: 'Water all',
    notes: 'twice',
    dueOn: null,
    tags: ['home'],
    createdAt: '2026-11-22T08:00:00.000Z',
    updatedAt: '2026-11-23T10:00:00.000Z',
    version: 6,
    status: 'completed',
    completion: { at: '2026-11-23T10:00:00.000Z', day: '2026-11-23', timeZone: 'Asia/Tokyo' },
  })
})

test('a new task is open', async t => {
  t.match(after(t, [create()]).task, { ...details, status: 'open', completion: null, version: 1 })
})

test('a reopened task has no completion', async t => {
  t.match(after(t, life.slice(0, 4)).task, { status: 'open', completion: null })
})

test('a restored task has the status and the completion from before its deletion', async t => {
  const completed = after(t, life.slice(0, 6)).task
  const changed = { updatedAt: '2026-11-24T11:00:00.000Z', version: 8 }
  t.strictSame(after(t, life).task, { ...completed, ...changed })
  const open = [create(), remove('2026-11-22T09:00:00Z'), restore('2026-11-22T10:00:00Z')]
  t.match(after(t, open).task, { status: 'open', completion: null, version: 3 })
})

test('evolve does not modify the previous task', async t => {
  const commands: Command[] = life.slice(0, 2)
  const { task, events } = after(t, commands)
  const before = structuredClone(task)
  evolve(task, {
    ...events[1],
    data: { ...events[1]?.data, changes: { name: 'x', tags: ['y'] } },
  } as TaskEvent)
  t.strictSame(task, before)
})

test('a history that does not begin with TaskCreated throws an error', async t => {
  const { events } = after(t, life.slice(0, 2))
  t.throws(() => evolve(undefined, events[1] as TaskEvent), {
    message: `TaskEdited ${taskId}:2 comes before TaskCreated`,
  })
})
