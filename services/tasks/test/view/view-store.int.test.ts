import { makeStack } from '@daybook/shared/testing'
import mongoose, { type mongo } from 'mongoose'
import { t, test } from 'tap'
import type { Since } from '../../src/change-place.ts'
import { orders } from '../../src/cursor.ts'
import type { Task } from '../../src/task.ts'
import { readList, type TaskQuery } from '../../src/view/list-store.ts'
import { taskModel } from '../../src/view/task-model.ts'
import { openTaskView } from '../../src/view/view-store.ts'

const stack = await makeStack(t)
const connection = await mongoose
  .createConnection(stack.env.MONGODB_URI ?? '', {
    dbName: stack.env.MONGODB_DATABASE ?? '',
    monitorCommands: true,
  })
  .asPromise()
t.teardown(() => connection.close())
// The index that earlier versions had in place of the one with names.
await stack.db.collection('tasks').createIndex({ userId: 1, _id: -1 }, { name: 'newest first' })
const view = await openTaskView(connection)

const given = { notes: null, dueOn: '2026-12-01', tags: ['t'], version: 1 }
const open = { status: 'open', completion: null } as const
for (let n = 0; n < 200; n += 1) {
  const createdAt = new Date(Date.UTC(2026, 10, 22) + n * 1000).toISOString()
  const id = `019ab0c0-0000-7000-8000-${String(n).padStart(12, '0')}`
  const userId = n % 2 === 0 ? 'alice' : 'bob'
  await view.write({ id, userId, name: `task ${n}`, createdAt, updatedAt: createdAt, ...given, ...open })
}

interface Stage {
  stage: string
  indexName?: string
  inputStage?: Stage
}

/** The commands of some names that MongoDB gets during some work. */
async function commandsDuring(names: string[], work: () => Promise<unknown>): Promise<mongo.Document[]> {
  const commands: mongo.Document[] = []
  const keep = ({ commandName, command }: mongo.CommandStartedEvent) =>
    names.includes(commandName) && commands.push(command)
  connection.getClient().on('commandStarted', keep)
  await work()
  connection.getClient().off('commandStarted', keep)
  return commands
}

/** Lists tasks, and lets MongoDB explain the query. */
async function explained(wanted: Partial<TaskQuery>) {
  let tasks: Task[] = []
  const [{ find, filter, sort, limit } = {}] = await commandsDuring(['find'], async () => {
    tasks = await view.list({ userId: 'alice', sort: '-createdAt', limit: 10, ...wanted })
  })
  const explain = { find, filter, sort, limit }
  const plan = await connection.db?.command({ explain, verbosity: 'executionStats' })
  const stages: Stage[] = []
  for (let at: Stage | undefined = plan?.queryPlanner.winningPlan; at; at = at.inputStage) stages.push(at)
  const { totalKeysExamined, totalDocsExamined } = plan?.executionStats ?? {}
  return { tasks, stages, examined: totalKeysExamined as number, documents: totalDocsExamined as number }
}

const indexOf = { '-createdAt': 'newest first with names', '-updatedAt': 'newest change first' }

test('a page reads only its own tasks, at any place in the list', async t => {
  for (const sort of orders) {
    const { tasks } = await explained({ sort, limit: 80 })
    const last = tasks.at(-1)
    const after = last && (sort === '-createdAt' ? { id: last.id } : last)
    const { stages, examined, tasks: next } = await explained({ sort, limit: 10, after })
    t.equal(next.length, 10)
    t.equal(stages.find(({ stage }) => stage === 'IXSCAN')?.indexName, indexOf[sort])
    t.ok(examined <= 12, `${sort} examines ${examined} keys`)
  }
})

test("with any filters a page reads only the user's tasks, from an index", async t => {
  const filters = [
    { status: 'open' },
    { tag: ['t'] },
    { dueBefore: '2030-01-01' },
    { dueOn: '2026-12-01' },
    { q: 'task' },
  ] satisfies Partial<TaskQuery>[]
  for (const sort of orders) {
    for (const filter of [{}, ...filters, Object.assign({}, ...filters)]) {
      const { stages, tasks, examined, documents } = await explained({ sort, ...filter })
      const title = `${sort} ${JSON.stringify(filter)}`
      t.equal(tasks.length, 10, title)
      t.ok(examined <= 101 && documents <= 100, `${title}: ${examined} keys, ${documents} documents`)
      t.ok(stages.some(({ stage }) => stage === 'IXSCAN'))
      t.notOk(stages.some(({ stage }) => stage === 'COLLSCAN'))
    }
  }
})

test('few documents are read to find the few open tasks, those with a tag or those with a name', async t => {
  for (let n = 0; n < 300; n += 1) {
    const id = `019ab0c0-0000-7000-9000-${String(n).padStart(12, '0')}`
    const details = {
      ...given,
      name: n === 7 ? 'the STRASSE' : `task ${n}`,
      tags: n === 9 ? ['t', 'rare'] : ['t'],
    }
    const completion = { at: '2026-11-22T08:00:00.000Z', day: '2026-11-22', timeZone: 'UTC' }
    const state = n === 5 ? open : ({ status: 'completed', completion } as const)
    const when = { createdAt: completion.at, updatedAt: completion.at }
    await view.write({ id, userId: 'carol', ...when, ...details, ...state })
  }
  for (const [filter, found] of [
    [{ status: 'open' }, 1],
    [{ tag: ['rare'] }, 1],
    [{ q: 'straße' }, 1],
    [{ q: 'nothing' }, 0],
  ] satisfies [Partial<TaskQuery>, number][]) {
    const { tasks, documents, examined } = await explained({ userId: 'carol', ...filter })
    const title = `${JSON.stringify(filter)}: ${examined} keys, ${documents} documents`
    t.equal(tasks.length, found, title)
    t.equal(documents, found, title)
  }
})

test('a list of all users reads the newest tasks first, and a search that takes too long asks for a user', async t => {
  const { stages, tasks, documents } = await explained({ userId: undefined, limit: 3 })
  t.strictSame([tasks.length, documents], [3, 3])
  t.equal(stages.find(({ stage }) => stage === 'IXSCAN')?.indexName, '_id_')

  const many = 'tasks of many'
  const documentsOfMany = Array.from({ length: 30_000 }, (_, n) => ({
    _id: `${n}`,
    searchName: 'a'.repeat(100),
  }))
  await stack.db.collection<{ _id: string }>(many).insertMany(documentsOfMany)
  const search = { userId: undefined, sort: '-createdAt', limit: 1, q: 'b' } as const
  const tooLong = { code: 'DAYBOOK_SEARCH_TOO_LONG' }
  await t.rejects(readList(taskModel(connection, many), search, 1), tooLong)
  t.strictSame(await readList(taskModel(connection, many), { ...search, userId: 'alice' }, 1), [])
  const [find] = await commandsDuring(['find'], () => view.list({ ...search, q: 'task' }))
  t.equal(find?.maxTimeMS, 2_000)
})

test('a page of changes reads only its own tasks, at any place', async t => {
  let since: Since | undefined
  for (let n = 0; n < 3; n += 1) {
    const query = { userId: 'alice', since, limit: 10 }
    const [{ find, filter, sort, limit } = {}] = await commandsDuring(['find'], async () => {
      const page = await view.changes(query)
      t.equal(page.tasks.length, 10)
      since = page.next
    })
    const explain = { find, filter, sort, limit }
    const plan = await connection.db?.command({ explain, verbosity: 'executionStats' })
    t.ok(plan?.executionStats.totalKeysExamined <= 13, `${plan?.executionStats.totalKeysExamined} keys`)
    t.ok(plan?.executionStats.totalDocsExamined <= 12, `${plan?.executionStats.totalDocsExamined} documents`)
  }
})

test('tasks with the same change share an update, each with its own version', async t => {
  const at = '2026-11-23T08:00:00.000Z'
  const versions = [1, 2, 2, 7]
  const before = versions.map((version, n): Task => {
    const id = `019ab0c0-0000-7000-a000-${String(n).padStart(12, '0')}`
    return { id, userId: 'dave', name: `task ${n}`, createdAt: at, updatedAt: at, ...given, ...open, version }
  })
  for (const task of before) await view.write(task)
  const completion = { at, day: '2026-11-23', timeZone: 'UTC' }
  const changes = before.map(task => {
    const after: Task = { ...task, version: task.version + 1, updatedAt: at, status: 'completed', completion }
    return { before: task, after }
  })
  const stale = changes[3] as (typeof changes)[0]
  // Another process has written a newer state of the last one.
  await view.write({ ...stale.after, version: 9, name: 'newer' })
  const [update = {}] = await commandsDuring(['update'], () => view.change(changes))
  t.equal(update.updates.length, 1)
  const found = await view.loadAll(before.map(({ id }) => id))
  const expected = changes.slice(0, 3).map(({ after }) => after)
  t.strictSame([...found.values()].slice(0, 3), expected)
  t.match(found.get(stale.after.id), { version: 9, name: 'newer' })
  const types = { version: { $type: 'int' } as const }
  t.equal(await stack.db.collection('tasks').countDocuments(types), 0, 'versions stay doubles')
})

test('MongoDB works on each write of the view for less than the time that readers go back', async t => {
  const [task] = (await view.list({ userId: 'bob', sort: '-createdAt', limit: 1 })) as [Task]
  const after = { ...task, version: 2 }
  const work = async () => {
    await view.change([{ before: task, after }])
    await view.write({ ...task, version: 3 })
    await view.change([{ before: undefined, after: { ...task, id: '019ab0c0-0000-7000-8000-0000000000ff' } }])
  }
  const writes = await commandsDuring(['insert', 'update'], work)
  t.ok(writes.length >= 4)
  for (const { maxTimeMS } of writes) t.equal(maxTimeMS, 15_000)
})

test('the index of earlier versions is gone, and opening the view again changes nothing', async t => {
  await openTaskView(connection)
  const names = (await stack.db.collection('tasks').indexes()).map(({ name }) => name)
  t.strictSame(names.sort(), [
    '_id_',
    'in the order of changes',
    'newest change first',
    'newest first by tag',
    'newest first with names',
    'newest open first',
    'of earlier versions',
  ])
})
