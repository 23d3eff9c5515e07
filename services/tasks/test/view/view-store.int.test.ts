import { makeStack } from '@daybook/shared/testing'
import mongoose, { type mongo } from 'mongoose'
import { t, test } from 'tap'
import { orders } from '../../src/cursor.ts'
import { openTaskView, type TaskQuery } from '../../src/view/view-store.ts'

const stack = await makeStack(t)
const connection = await mongoose
  .createConnection(stack.env.MONGODB_URI ?? '', {
    dbName: stack.env.MONGODB_DATABASE ?? '',
    monitorCommands: true,
  })
  .asPromise()
t.teardown(() => connection.close())
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

/** Lists tasks, and lets MongoDB explain the query. */
async function explained(wanted: Omit<TaskQuery, 'userId'>) {
  const queries: mongo.Document[] = []
  const keep = ({ commandName, command }: mongo.CommandStartedEvent) =>
    commandName === 'find' && queries.push(command)
  connection.getClient().on('commandStarted', keep)
  const tasks = await view.list({ userId: 'alice', ...wanted })
  connection.getClient().off('commandStarted', keep)
  const [{ find, filter, sort, limit } = {}] = queries
  const explain = { find, filter, sort, limit }
  const plan = await connection.db?.command({ explain, verbosity: 'executionStats' })
  const stages: Stage[] = []
  for (let at: Stage | undefined = plan?.queryPlanner.winningPlan; at; at = at.inputStage) stages.push(at)
  return { tasks, stages, examined: plan?.executionStats.totalKeysExamined as number }
}

const indexOf = { '-createdAt': 'newest first', '-updatedAt': 'newest change first' }

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

test("with any filters a page is read in order from an index of the user's tasks", async t => {
  const filters = [{ status: 'open' }, { tag: 't' }, { dueBefore: '2030-01-01' }, { q: 'task' }] as const
  for (const sort of orders) {
    for (const filter of [{}, ...filters, Object.assign({}, ...filters)]) {
      const { stages, tasks } = await explained({ sort, limit: 10, ...filter })
      const title = `${sort} ${JSON.stringify(filter)}`
      t.equal(tasks.length, 10, title)
      t.equal(stages.find(({ stage }) => stage === 'IXSCAN')?.indexName, indexOf[sort], title)
      t.notOk(
        stages.some(({ stage }) => stage === 'SORT' || stage === 'COLLSCAN'),
        title,
      )
    }
  }
})
