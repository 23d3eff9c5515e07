import { startService } from '@daybook/shared/testing'
import { t, test } from 'tap'
import type { BatchResult } from '../../../src/http/commands/batch-bodies.ts'
import {
  as,
  historyOf,
  type List,
  type ProblemJson,
  startTasks,
  storedEvents,
  type TaskJson,
  write,
} from '../../support/tasks.ts'

const { stack, url } = await startTasks(t)
const alice = await as(url, 'alice')
type Results = { results: BatchResult[] }
const send = (commands: object[], headers: Record<string, string> = {}, ask = alice) =>
  ask<Results>('/tasks/batch', { body: { commands }, headers })
const nowhere = '019ab0c0-0000-7000-8000-000000000000'

test('each command gets its result, in order, and a refused one stops no other', async t => {
  const task = await write(alice)
  const { status, body } = await send([
    { type: 'create', task: { name: 'Buy milk', tags: ['home'] } },
    { type: 'complete', taskId: nowhere },
    { type: 'complete', taskId: task.id, version: 1 },
    { type: 'create', task: { name: 'Buy bread' } },
  ])
  t.equal(status, 200)
  t.match(body.results, [
    { status: 201, task: { name: 'Buy milk', tags: ['home'], notes: null, version: 1 } },
    { status: 404, problem: { type: 'urn:daybook:error:DAYBOOK_TASK_NOT_FOUND', status: 404 } },
    { status: 200, task: { id: task.id, status: 'completed', version: 2 } },
    { status: 201, task: { name: 'Buy bread' } },
  ])
})

test('commands to one task are carried out in their order', async t => {
  const { id: taskId } = await write(alice)
  const { body } = await send([
    { type: 'edit', taskId, changes: { notes: 'two' } },
    { type: 'complete', taskId },
    { type: 'edit', taskId, changes: { notes: 'three' } },
    { type: 'reopen', taskId, version: 3 },
    { type: 'delete', taskId },
    { type: 'restore', taskId },
    { type: 'reopen', taskId, version: 1 },
  ])
  t.strictSame(
    body.results.map(({ status, task }) => [status, task?.version]),
    [
      [200, 2],
      [200, 3],
      [409, undefined],
      [200, 4],
      [204, undefined],
      [200, 6],
      [412, undefined],
    ],
  )
  t.strictSame(await historyOf(alice, taskId), [
    'TaskCreated',
    'TaskEdited',
    'TaskCompleted',
    'TaskReopened',
    'TaskDeleted',
    'TaskRestored',
  ])
})

test('1,000 commands to one task take few writes, in the order of the batch', async t => {
  const { id: taskId } = await write(alice)
  const commands = Array.from({ length: 1000 }, (_, i) =>
    i % 4 === 3
      ? { type: 'edit', taskId, version: 1, changes: { notes: 'too late' } }
      : { type: 'edit', taskId, changes: { notes: `${i - (i % 2)}` } },
  )
  const { body } = await send(commands)
  // The second of two equal edits changes nothing, and the fourth of four is refused.
  const versions = body.results.slice(0, 8).map(({ status, task }) => [status, task?.version])
  t.strictSame(versions, [
    ...[
      [200, 2],
      [200, 2],
      [200, 3],
      [412, undefined],
    ],
    ...[
      [200, 4],
      [200, 4],
      [200, 5],
      [412, undefined],
    ],
  ])
  t.match(body.results[998], { status: 200, task: { version: 501, notes: '998' } })
  const groups = await storedEvents(stack).distinct('note', { 'data.taskId': taskId })
  t.ok(groups.length < 10, `${groups.length} groups`)
  t.match((await alice(`/tasks/${taskId}`)).body, { version: 501, notes: '998' })
})

test('batches to one task through two processes are each carried out in their order', async t => {
  const second = await startService(t, 'tasks', stack.env)
  const { id: taskId } = await write(alice)
  const batch = (who: string) =>
    Array.from({ length: 50 }, (_, i) => ({ type: 'edit', taskId, changes: { notes: `${who} ${i}` } }))
  const elsewhere = await as(second.url, 'alice')
  const [one, two] = await Promise.all([send(batch('one')), send(batch('two'), {}, elsewhere)])
  const versions = [one, two].map(({ body }) => body.results.map(({ task }) => task?.version ?? 0))
  for (const some of versions)
    t.strictSame(
      some,
      some.toSorted((a, b) => a - b),
    )
  t.strictSame(
    versions.flat().toSorted((a, b) => a - b),
    Array.from({ length: 100 }, (_, i) => i + 2),
  )
  t.equal(await storedEvents(stack).countDocuments({ 'data.taskId': taskId }), 101)
})

test('1,000 tasks are created by one request, and a repeat with its key creates none', async t => {
  const carol = await as(url, 'carol')
  const commands = Array.from({ length: 1000 }, (_, i) => ({ type: 'create', task: { name: `Task ${i}` } }))
  const idsOf = ({ results }: Results) => results.map(({ task }) => task?.id)
  const key = { 'idempotency-key': 'import-7' }
  const first = await send(commands, key, carol)
  t.strictSame(
    first.body.results.map(({ status, task }) => [status, task?.name]),
    commands.map(({ task }) => [201, task.name]),
  )
  t.strictSame(idsOf((await send(commands, key, carol)).body), idsOf(first.body))
  t.equal(new Set(idsOf(first.body)).size, 1000)
  const other = await send([{ type: 'create', task: { name: 'Another' } }], key, carol)
  t.match(other.body.results, [{ status: 422 }])
  t.equal((await carol<List>('/tasks?limit=200&q=another')).body.tasks.length, 0)
})

test('a batch with a command of invalid form does nothing and points to all faults', async t => {
  const dave = await as(url, 'dave')
  const answer = await dave<ProblemJson>('/tasks/batch', {
    body: {
      commands: [
        { type: 'create', task: { name: 'Buy milk' } },
        { type: 'create', taskId: nowhere, version: 1 },
        { type: 'edit', changes: {} },
        { type: 'delete', taskId: nowhere, changes: {} },
        { type: 'remove', taskId: nowhere },
      ],
    },
  })
  t.equal(answer.status, 400)
  t.strictSame(answer.body.errors?.map(({ pointer }) => pointer).sort(), [
    '/commands/1/task',
    '/commands/1/taskId',
    '/commands/1/version',
    '/commands/2/taskId',
    '/commands/3/changes',
    '/commands/4/type',
  ])
  const detail = 'must be one of: create, edit, complete, reopen, delete, restore'
  t.match(answer.body.errors?.at(-1), { pointer: '/commands/4/type', detail })
  t.strictSame((await dave<{ tasks: TaskJson[] }>('/tasks')).body.tasks, [])
  for (const commands of [[], Array.from({ length: 1001 }, () => ({ type: 'create', task: { name: 'x' } }))])
    t.match(await send(commands), { status: 400 })
})
