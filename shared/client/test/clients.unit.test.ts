import t from 'tap'
import { dataOf, type Problem, RequestRefused, tasksClient } from '../src/index.ts'

const task = { id: '019ab0c0-0000-7000-8000-000000000001', name: 'Water the plants' }
const notFound: Problem = {
  type: 'urn:daybook:error:DAYBOOK_TASK_NOT_FOUND',
  title: 'There is no such task',
  status: 404,
  detail: 'You have no task with this id',
  instance: '/tasks/1',
}

/** A client whose requests are answered with `body`, and the last request that it sent. */
function answered(body: unknown, status = 200) {
  const sent: Request[] = []
  const tasks = tasksClient({
    url: 'http://127.0.0.1:3001/',
    token: async () => `token-${sent.length + 1}`,
    async fetch(request) {
      sent.push(request)
      return typeof body === 'string' ? new Response(body, { status }) : Response.json(body, { status })
    },
  })
  return { tasks, sent: () => sent.at(-1) as Request }
}

t.test('a request has the path, the body and the headers of the call', async t => {
  const { tasks, sent } = answered(task, 201)
  const params = { header: { 'idempotency-key': 'plants' } }
  const { data } = await tasks.POST('/tasks', { params, body: { name: 'Water the plants' } })
  t.equal(data?.name, 'Water the plants')
  t.equal(sent().url, 'http://127.0.0.1:3001/tasks')
  t.equal(sent().headers.get('idempotency-key'), 'plants')
  t.strictSame(await sent().json(), { name: 'Water the plants' })

  await tasks.PATCH('/tasks/{id}', {
    params: { path: { id: 'a/b' }, header: { 'if-match': '"3"' } },
    body: { notes: null },
  })
  t.equal(sent().url, 'http://127.0.0.1:3001/tasks/a%2Fb')
  t.equal(sent().headers.get('if-match'), '"3"')
})

t.test('each request has the token of its time', async t => {
  const { tasks, sent } = answered({ tasks: [], nextCursor: null })
  for (const expected of ['Bearer token-1', 'Bearer token-2']) {
    await tasks.GET('/tasks', { params: { query: { tag: ['home', 'garden'] } } })
    t.equal(sent().headers.get('authorization'), expected)
  }
  t.equal(new URL(sent().url).search, '?tag=home&tag=garden')
})

t.test('a refusal has a code that the compiler knows', async t => {
  const { tasks } = answered(notFound, 404)
  const { error } = await tasks.GET('/tasks/{id}', { params: { path: { id: task.id } } })
  t.equal(error?.type, 'urn:daybook:error:DAYBOOK_TASK_NOT_FOUND')

  const refusal = await dataOf(tasks.DELETE('/tasks/{id}', { params: { path: { id: task.id } } })).then(
    () => t.fail('is refused'),
    (reason: RequestRefused) => reason,
  )
  t.ok(refusal instanceof RequestRefused)
  if (!(refusal instanceof RequestRefused)) return
  t.equal(refusal.code, 'DAYBOOK_TASK_NOT_FOUND')
  t.equal(refusal.message, 'You have no task with this id')
  t.strictSame(refusal.problem, notFound)
  // @ts-expect-error: no error has this code.
  t.notOk(refusal.code === 'DAYBOOK_TASK_NOWHERE')
})

t.test('the message of a refusal names each wrong part of the request', async t => {
  const errors = [
    { pointer: '/name', detail: 'is missing' },
    { pointer: '/tags/0', detail: 'must be a string' },
  ]
  const { tasks } = answered({ ...notFound, errors }, 400)
  await t.rejects(dataOf(tasks.POST('/tasks', { body: { name: '' } })), {
    message: '/name is missing; /tags/0 must be a string',
  })
})

t.test('an answer that is no problem is a refusal without a code', async t => {
  for (const body of ['<h1>Bad gateway</h1>', '', null, { type: 'about:blank' }]) {
    const { tasks } = answered(body, 502)
    const refused = { name: 'RequestRefused', status: 502, code: undefined, problem: undefined }
    await t.rejects(dataOf(tasks.GET('/tasks')), { ...refused, message: 'The server answered 502' })
  }
})

t.test('a call that the document does not have does not compile', async t => {
  const { tasks, sent } = answered(task)
  // @ts-expect-error: the service has no such path.
  await tasks.GET('/task')
  // @ts-expect-error: a task has a name.
  await tasks.POST('/tasks', { body: { notes: 'with oat milk' } })
  // @ts-expect-error: the path has an id.
  await tasks.POST('/tasks/{id}/complete')
  t.ok(sent())
})
