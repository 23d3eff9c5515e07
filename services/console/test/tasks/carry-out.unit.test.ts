import '../browser.ts'
import { until } from '@daybook/shared/testing'
import t from 'tap'
import { decide, give } from '../../src/tasks/carry-out.ts'
import { rows, setRow } from '../../src/tasks/rows.ts'
import { type Command, detailsOf, type Row, shownTask, type Task } from '../../src/tasks/task.ts'
import { answerWith, problem } from '../browser.ts'

const task = (facts: Partial<Task> = {}) =>
  ({ id: 'one', name: 'Old', tags: [], status: 'open', completedAt: null, version: 3, ...facts }) as Task
const theirs = task({ name: 'Theirs', version: 4 })
const seen = detailsOf(task())
const rename: Command = { type: 'edit', changes: { name: 'Mine' }, seen }
const row = () => rows.peek().get('one') as Row
const current = () => rows.peek().get('one')
const isVisible = () => shownTask(row(), 0) !== undefined

/** Gives commands to a task of version 3. Each answer is the task or the status of a problem, by the request. */
async function run(commands: Command[], answers: Record<string, Task | number>): Promise<string[]> {
  const requests = answerWith(request => {
    const answer = answers[request] ?? 500
    if (typeof answer !== 'number') return Response.json(answer)
    return answer === 204 ? new Response(null, { status: 204 }) : problem(answer)
  })
  setRow('one', { key: 'one', task: task(), isDeleted: false, pending: [] })
  for (const command of commands) give(row(), command)
  await until('all is answered', () => {
    const { pending, conflict, refused } = current() ?? { pending: [] }
    return pending.length === 0 || conflict !== undefined || refused !== undefined
  })
  return requests
}

t.test('a deletion that is about an older version shows its conflict, and can be decided', async t => {
  const answers: Record<string, Task | number> = { 'DELETE /tasks/one': 412, 'GET /tasks/one': theirs }
  await run([{ type: 'delete' }], answers)
  t.strictSame(row().conflict, { mine: { type: 'delete' }, theirs })
  t.ok(isVisible())
  answers['DELETE /tasks/one'] = 204
  decide(row(), 'mine')
  await until('it is deleted', () => row().isDeleted)
  t.notOk(isVisible())
})

t.test('keeping mine sends the commands after it, and keeping theirs only those about its state', async t => {
  const later: Command[] = [rename, { type: 'edit', changes: { notes: 'x' }, seen }, { type: 'complete' }]
  const answers: Record<string, Task | number> = { 'PATCH /tasks/one': 412, 'GET /tasks/one': theirs }
  const mine = await run(later, answers)
  answers['PATCH /tasks/one'] = task({ name: 'Mine', version: 5 })
  answers['POST /tasks/one/complete'] = task({ name: 'Mine', version: 6, status: 'completed' })
  decide(row(), 'mine')
  await until('all is sent', () => row().pending.length === 0)
  t.strictSame(mine.slice(2), ['PATCH /tasks/one', 'PATCH /tasks/one', 'POST /tasks/one/complete'])

  answers['PATCH /tasks/one'] = 412
  const others = await run(later, answers)
  decide(row(), 'theirs')
  await until('all is sent', () => row().pending.length === 0)
  t.strictSame(others.slice(2), ['POST /tasks/one/complete'])
})

t.test('a command that is refused for good is shown, and those after it are sent', async t => {
  const done = task({ status: 'completed', version: 4 })
  const requests = await run([rename, { type: 'complete' }], {
    'PATCH /tasks/one': 422,
    'POST /tasks/one/complete': done,
  })
  await until('all is sent', () => row().pending.length === 0)
  t.match(row(), { task: done, refused: { command: rename, problem: { status: 422 } } })
  t.equal(requests.length, 2)
})

t.test('a command that was carried out before its answer was lost is no conflict', async t => {
  const renamed = task({ name: 'Mine', version: 4 })
  await run([rename], { 'PATCH /tasks/one': 412, 'GET /tasks/one': renamed })
  t.match(row(), { task: renamed, pending: [], conflict: undefined })
  for (const status of [404, 412]) {
    await run([{ type: 'delete' }], { 'DELETE /tasks/one': status, 'GET /tasks/one': 404 })
    t.match(row(), { isDeleted: true, pending: [], conflict: undefined, refused: undefined })
    t.notOk(isVisible())
  }
})

t.test('an edit goes on when only the state of the task has changed meanwhile', async t => {
  const completed = task({ status: 'completed', version: 4 })
  const answers: Record<string, Task | number> = { 'PATCH /tasks/one': 412, 'GET /tasks/one': completed }
  const requests = answerWith(request => {
    const answer = answers[request]
    // The second attempt is about the version that was read.
    if (request === 'GET /tasks/one') answers['PATCH /tasks/one'] = task({ name: 'Mine', version: 5 })
    return typeof answer === 'number' ? problem(answer) : Response.json(answer)
  })
  setRow('one', { key: 'one', task: task(), isDeleted: false, pending: [] })
  give(row(), rename)
  await until('the edit is carried out', () => row().pending.length === 0)
  t.match(row(), { task: { name: 'Mine', version: 5 }, conflict: undefined })
  t.strictSame(requests, ['PATCH /tasks/one', 'GET /tasks/one', 'PATCH /tasks/one'])
})

t.test('an edit of a task that somebody has deleted can be kept', async t => {
  const answers: Record<string, Task | number> = { 'PATCH /tasks/one': 404, 'GET /tasks/one': 404 }
  const requests = await run([rename], answers)
  t.strictSame(row().conflict, { mine: rename, theirs: undefined })
  answers['POST /tasks/one/restore'] = task({ version: 5 })
  answers['PATCH /tasks/one'] = task({ name: 'Mine', version: 6 })
  decide(row(), 'mine')
  await until('all is sent', () => row().pending.length === 0)
  t.strictSame(requests.slice(2), ['POST /tasks/one/restore', 'PATCH /tasks/one'])
  t.match(row(), { task: { name: 'Mine' }, isDeleted: false })
})
