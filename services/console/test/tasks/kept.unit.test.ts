import '../browser.ts'
import { token } from '@daybook/shared/testing'
import t from 'tap'
import { isAnythingKept, keep, kept } from '../../src/session/kept.ts'
import { endSession, session, signIn, signOut } from '../../src/session/session.ts'
import { beginEdit, editDrafts, listedTask, setDraft } from '../../src/tasks/edit-drafts.ts'
import { keepUnsaved } from '../../src/tasks/kept.ts'
import { noteEvent } from '../../src/tasks/note-event.ts'
import { changeNumber, replaceRows, rows } from '../../src/tasks/rows.ts'
import type { Row, Task } from '../../src/tasks/task.ts'

const task = {
  id: 'one',
  userId: 'alice',
  name: 'Old',
  notes: null,
  dueOn: null,
  tags: ['a', 'b'],
  version: 3,
} as Task
const row = () => rows.peek().get('one') as Row
const alice = await token('alice', { zone: 'UTC' })
const bob = await token('bob', { zone: 'UTC' })
keepUnsaved()

/** Signs alice in and types into the form of her task. */
function typeInForm(): void {
  signOut()
  signIn({ token: alice })
  replaceRows([task], changeNumber())
  beginEdit(row(), task)
  const draft = editDrafts.peek().get('one')
  if (draft) setDraft('one', { ...draft, tags: 'a, b, c' })
}

t.test('a form keeps its text when it is opened again, and when the task is gone', async t => {
  typeInForm()
  beginEdit(row(), { ...task, name: 'Changed elsewhere', version: 4 })
  t.match(editDrafts.peek().get('one'), { before: task, tags: 'a, b, c' })
  const data = { taskId: 'one', userId: 'alice', sequence: 4 }
  await noteEvent({ type: 'TaskDeleted', time: '2026-11-27T10:00:00.000Z', data })
  replaceRows([], changeNumber())
  t.strictSame(listedTask(row(), 0), task)
  setDraft('one', undefined)
  t.equal(listedTask(row(), 0), undefined)
})

t.test('forms and lines are there again for the same person alone', async t => {
  typeInForm()
  keep('line', 'alice', 'Half a sentence')
  signIn({ token: bob })
  t.equal(editDrafts.peek().size, 0)
  t.equal(kept('line', 'bob'), undefined)
  signIn({ token: alice })
  t.match(editDrafts.peek().get('one'), { before: task, tags: 'a, b, c' })
  t.match(row(), { task })
  t.equal(kept('line', 'alice'), 'Half a sentence')
})

t.test('signing out in another tab keeps what is not saved here, and ends the session', async t => {
  typeInForm()
  endSession()
  t.match(session.value, { user: 'alice', isOver: true, token: '' })
  t.equal(window.sessionStorage.getItem('daybook.token'), null)
  t.ok(isAnythingKept())
  setDraft('one', undefined)
  t.notOk(isAnythingKept())
  signIn({ token: alice })
  endSession()
  t.equal(session.value, undefined)
})
