import { LONG, startService, until } from '@daybook/shared/testing'
import mongoose from 'mongoose'
import { t, test } from 'tap'
import { placeOf, writeSince } from '../../src/change-place.ts'
import { after, complete as completing, create } from '../support/given.ts'
import {
  type Ask,
  as,
  complete,
  type List,
  reopen,
  startTasks,
  storedEvents,
  type TaskJson,
  write,
} from '../support/tasks.ts'

type Gone = { id: string; deleted: true; version: number; deletedAt: string }
type Changes = { tasks: (TaskJson | Gone)[]; next: string; more: boolean }

const { stack, service, url } = await startTasks(t)
const documents = stack.db.collection<{ _id: string }>('tasks')
const int = (value: number) => new mongoose.mongo.Int32(value)

/** A copy of a user's tasks, as a client keeps it. */
function copyOf(ask: Ask) {
  const tasks = new Map<string, TaskJson | Gone>()
  let next = ''
  /** Reads all changes since the last call. */
  async function read(limit: number): Promise<void> {
    for (let more = true; more; ) {
      const { status, body } = await ask<Changes>(`/changes?limit=${limit}${next && `&since=${next}`}`)
      if (status !== 200) throw new Error(`${status}`)
      for (const task of body.tasks) {
        if (task.version > (tasks.get(task.id)?.version ?? 0)) tasks.set(task.id, task)
      }
      ;({ next, more } = body)
    }
  }
  return { tasks, read }
}

/** A token of this moment, without the usual return to earlier changes. */
async function sinceNow(): Promise<string> {
  const [{ now } = { now: new Date() }] =
    (await stack.db.db?.aggregate<{ now: Date }>([{ $documents: [{ now: '$$NOW' }] }]).toArray()) ?? []
  return writeSince({ at: placeOf(now.getTime() / 1000), id: '' })
}

const seen = async (ask: Ask, since: string) => (await ask<Changes>(`/changes?since=${since}`)).body.tasks

test('the first answers contain all of your tasks, the later ones what changed', async t => {
  const ask = await as(url, 'ada')
  await write(await as(url, 'bob'))
  const [a, b, c] = [await write(ask), await write(ask), await write(ask)]
  await ask(`/tasks/${b.id}`, { method: 'DELETE' })
  const first = await ask<Changes>('/changes')
  t.strictSame(new Set(first.body.tasks.map(({ id }) => id)), new Set([a.id, b.id, c.id]))
  t.match(first.body.tasks.at(-1), { id: b.id, deleted: true, version: 2, deletedAt: /Z$/ })
  const since = await sinceNow()
  const { body } = await complete(ask, a.id)
  t.strictSame((await seen(ask, since)).at(-1), body)
  t.match((await seen(ask, first.body.next)).at(-1), { id: a.id }, 'the token of the answer too')
})

test('a client that keeps a copy ends with all tasks, also when processes are killed meanwhile', async t => {
  const people = ['eve', 'finn']
  const others = [await startService(t, 'tasks', stack.env)]
  let working = true
  const answered: TaskJson[] = []
  /** Creates tasks, and completes, reopens and deletes some, in whichever process answers. */
  async function work(user: string, turn: number): Promise<void> {
    while (working) {
      const at = turn % 2 === 0 ? url : (others.at(-1)?.url ?? url)
      try {
        const ask = await as(at, user)
        const task = await write(ask, { name: `${turn}` })
        answered.push(task)
        const { body } = await complete(ask, task.id)
        if (turn % 3 === 0) answered.push((await reopen(ask, task.id)).body)
        else if (turn % 5 === 0) await ask(`/tasks/${task.id}`, { method: 'DELETE' })
        else answered.push(body)
      } catch {
        // The process was killed: the next turn uses the next one.
      }
      turn += 7
    }
  }
  async function kill(): Promise<void> {
    for (let kills = 0; kills < (LONG ? 20 : 2); kills += 1) {
      const known = answered.length
      await until('commands were answered', () => answered.length > known + 40)
      others.at(-1)?.process.kill('SIGKILL')
      others.push(await startService(t, 'tasks', stack.env))
    }
    working = false
  }
  const copies = await Promise.all(people.map(async user => copyOf(await as(url, user))))
  const reading = copies.map(async ({ read }) => {
    while (working) await read(7)
  })
  await Promise.all([...people.flatMap(user => [0, 1, 2, 3].map(n => work(user, n))), kill(), ...reading])
  for (const [i, { tasks, read }] of copies.entries()) {
    const userId = people[i] ?? ''
    await until(`the copy of ${userId} is the view, and the view has all events`, async () => {
      await read(500)
      const events = await storedEvents(stack)
        .aggregate([
          { $match: { 'data.userId': userId } },
          { $group: { _id: '$data.taskId', version: { $max: '$data.sequence' } } },
        ])
        .toArray()
      const isSame = events.every(({ _id, version }) => tasks.get(_id)?.version === version)
      return isSame && events.length === tasks.size && tasks.size > 10
    })
    const kept = answered.filter(task => task.userId === userId)
    t.ok(kept.every(({ id, version }) => version <= (tasks.get(id)?.version ?? 0)))
  }
})

test('a change that a sweep adds to the view after a crash is new, whatever the clock of the process was', async t => {
  const { events } = after(t, [create('2020-01-01T00:00:00Z'), completing('2020-01-01T00:01:00Z')])
  const ask = await as(url, 'alice')
  t.strictSame((await ask<Changes>('/changes')).body.tasks, [])
  const since = await sinceNow()
  const stored = events.map(({ id, ...event }) => ({ _id: id, ...event, published: false }))
  await storedEvents(stack).insertMany(stored)
  const task = await until('the sweep has updated the view', async () => (await seen(ask, since))[0])
  t.match(task, { version: 2, status: 'completed', updatedAt: '2020-01-01T00:01:00.000Z' })
})

test('what an earlier version wrote before the update, or writes beside this one, is a change', async t => {
  const ask = await as(url, 'old')
  const [replaced, changed] = [await write(ask, { name: 'a' }), await write(ask, { name: 'b' })]
  const since = await sinceNow()
  const { id: _, ...fields } = replaced
  const old = { ...fields, completion: null, name: 'replaced', version: int(2) }
  await documents.replaceOne({ _id: replaced.id }, old)
  await documents.updateOne({ _id: changed.id }, { $set: { name: 'changed', version: int(2) } })
  const before = { ...old, userId: 'old', name: 'before', version: int(1) }
  await documents.insertOne({ _id: '019ab0c0-0000-7000-8000-00000000000f', ...before } as { _id: string })
  const found = await until('all three are changes', async () => {
    const tasks = await seen(ask, since)
    return tasks.length >= 3 && tasks
  })
  t.strictSame(
    new Set(found.map(task => 'name' in task && `${task.name} ${task.version}`)),
    new Set(['replaced 2', 'changed 2', 'before 1']),
  )
  const names = async (q: string) => (await ask<List>(`/tasks?q=${q}`)).body.tasks.map(({ name }) => name)
  t.strictSame(
    [
      ...(await names('REPLACED')),
      ...(await names('CHANGED')),
      ...(await names('BEFORE')),
      ...(await names('b')),
    ],
    ['replaced', 'changed', 'before', 'before'],
    'and a search finds their current names',
  )
  const { body } = await complete(ask, changed.id)
  t.equal(body.version, 3, 'a renewed task can be changed')
  t.equal(await documents.countDocuments({ version: { $type: 'int' } }), 0)
})

test('a wrong query is refused with a pointer to the parameter', async t => {
  const ask = await as(url, 'ada')
  for (const [query, pointer] of [
    ['since=x', 'since'],
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['moon=full', 'moon'],
  ] as const) {
    const answer = await ask(`/changes?${query}`)
    t.match(answer, { status: 400, body: { errors: [{ pointer: `/querystring/${pointer}` }] } }, query)
  }
  t.equal(service.process.exitCode, null)
})
