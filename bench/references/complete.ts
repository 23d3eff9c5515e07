// Completes tasks with one update for each request: POST /tasks/task-<n>/complete. It prints its address when its tasks are stored.
import fastify from 'fastify'
import mongoose from 'mongoose'

const { uri, database, tasks: count } = JSON.parse(process.argv[2] ?? '')

interface Task {
  _id: string
  version: number
  status: string
  updatedAt: string
}

const client = await new mongoose.mongo.MongoClient(uri).connect()
const tasks = client.db(database).collection<Task>('tasks')
for (let from = 0; from < count; from += 1000) {
  const numbers = Array.from({ length: Math.min(1000, count - from) }, (_, i) => from + i)
  await tasks.insertMany(numbers.map(newTask), { ordered: false })
}

function newTask(number: number) {
  return {
    _id: `task-${number}`,
    userId: `user-${number % 1000}`,
    name: 'Water the plants',
    notes: 'The ones on the balcony twice',
    dueOn: null,
    tags: ['home', 'garden'],
    createdAt: '2026-03-14T08:00:00.000Z',
    updatedAt: '2026-03-14T08:00:00.000Z',
    version: 1,
    status: 'open',
  }
}

const durable = { writeConcern: { w: 'majority' as const, j: true } }
const body = {
  type: 'object',
  properties: { id: { type: 'string' }, status: { type: 'string' }, version: { type: 'integer' } },
}
const app = fastify()
app.post<{ Params: { id: string } }>(
  '/tasks/:id/complete',
  { schema: { response: { 200: body } } },
  async ({ params: { id } }, reply) => {
    const now = new Date().toISOString()
    const completed = {
      status: 'completed',
      version: 2,
      updatedAt: now,
      completion: { at: now, day: now.slice(0, 10) },
    }
    const { modifiedCount } = await tasks.updateOne({ _id: id, version: 1 }, { $set: completed }, durable)
    return modifiedCount === 1 ? { id, status: 'completed', version: 2 } : reply.code(409).send()
  },
)
console.log(JSON.stringify({ url: await app.listen({ host: '127.0.0.1', port: 0 }) }))
