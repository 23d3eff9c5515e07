import '../browser.ts'
import { until } from '@daybook/shared/testing'
import t from 'tap'
import { createTask, deleteTasks, editTask, undoLast } from '../../src/tasks/actions.ts'
import { decide } from '../../src/tasks/carry-out.ts'
import { changeNumber, noteTask, replaceRows, rowOfTask, rows, setRow } from '../../src/tasks/rows.ts'
import { type Details, detailsOf, type Row, type Task } from '../../src/tasks/task.ts'
import { answerWith, problem } from '../browser.ts'

const original = {
  id: 'one',
  userId: 'alice',
  name: 'A',
  notes: null,
  dueOn: null,
  tags: [],
  status: 'open',
  createdAt: '2026-11-27T10:00:00.000Z',
  updatedAt: '2026-11-27T10:00:00.000Z',
  completedAt: null,
  version: 1,
} satisfies Task
const row = (id = 'one') => rowOfTask(id) as Row
const named = (name: string): Details => ({ ...detailsOf(original), name })

/** A service with one task, and what it was asked to do. */
function serve(task: Task) {
  const served = { task }
  const requests = answerWith((request, sent) => {
    if (request.startsWith('GET')) return Response.json(served.task)
    if (request === 'POST /tasks') return Response.json(served.task)
    if (sent.headers.get('if-match') !== `"${served.task.version}"`) return problem(412)
    if (request.startsWith('DELETE')) return new Response(null, { status: 204 })
    served.task = { ...served.task, name: 'B', version: served.task.version + 1 }
    return Response.json(served.task)
  })
  const byAnother = (name: string) => {
    served.task = { ...served.task, name, version: served.task.version + 1 }
    return served.task
  }
  return { requests, byAnother }
}

const settled = () =>
  until('all is answered', () =>
    rows
      .peek()
      .values()
      .every(one => one.pending.length === 0 || one.conflict),
  )

/** Renames the task from A to B. */
async function rename() {
  setRow('one', { key: 'one', task: original, isDeleted: false, pending: [] })
  const service = serve(original)
  editTask(row(), original, named('B'))
  await settled()
  return service
}

t.test('undoing an edit does not overwrite what somebody else has changed since', async t => {
  for (const isKnown of [true, false]) {
    const { requests, byAnother } = await rename()
    const theirs = byAnother('C')
    if (isKnown) noteTask(theirs)
    undoLast()
    await settled()
    t.match(row().conflict, { mine: { changes: { name: 'A' } }, theirs: { name: 'C' } })
    t.equal(requests.filter(request => request.startsWith('PATCH')).length, isKnown ? 1 : 2)
    decide(row(), 'mine')
    await settled()
    t.equal(row().conflict, undefined, 'mine is kept after the person has seen theirs')
    t.equal(requests.at(-1), 'PATCH /tasks/one')
  }
})

t.test('an edit that was begun before somebody else changed the task shows the conflict', async t => {
  const { byAnother } = await rename()
  const before = row().task
  noteTask(byAnother('C'))
  editTask(row(), before, named('Mine'))
  await settled()
  t.match(row().conflict, { mine: { changes: { name: 'Mine' } }, theirs: { name: 'C' } })
})

t.test('undoing a creation does not delete what somebody else has made of the task', async t => {
  for (const isChanged of [true, false]) {
    rows.value = new Map()
    const { requests, byAnother } = serve(original)
    createTask(named('A'))
    await settled()
    if (isChanged) noteTask(byAnother('C'))
    undoLast()
    await settled()
    t.equal(row().conflict !== undefined, isChanged)
    t.equal(requests.includes('DELETE /tasks/one'), !isChanged)
  }
})

t.test('a deletion is undone also after a reading that does not list the task', async t => {
  setRow('one', { key: 'one', task: original, isDeleted: false, pending: [] })
  const requests = answerWith(request =>
    request.startsWith('DELETE')
      ? new Response(null, { status: 204 })
      : Response.json({ ...original, version: 3 }),
  )
  deleteTasks([row()])
  await settled()
  replaceRows([], changeNumber())
  undoLast()
  await settled()
  t.match(requests.at(-1), /POST .*\/restore/)
  t.match(row(), { isDeleted: false, task: { version: 3 } })
})
