import t from 'tap'
import { type Command, type Row, shownTask, type Task } from '../../src/tasks/task.ts'

const NOW = Date.parse('2026-11-27T10:00:00.000Z')
const task = { id: 'one', name: 'Old', status: 'open', completedAt: null, version: 3 } as unknown as Task
const shown = (...pending: Command[]) =>
  shownTask({ key: 'one', task, isDeleted: false, pending } as Row, NOW)

t.test('a task is shown as it will be after its commands', async t => {
  const edit: Command = { type: 'edit', changes: { name: 'New' }, seen: task }
  t.match(shown(edit, { type: 'complete' }), {
    name: 'New',
    status: 'completed',
    completedAt: '2026-11-27T10:00:00.000Z',
  })
  t.match(shown({ type: 'complete' }, { type: 'reopen' }), { status: 'open', completedAt: null })
})

t.test('a task that will be deleted is not shown, unless it will be restored', async t => {
  t.equal(shown({ type: 'delete' }), undefined)
  t.match(shown({ type: 'delete' }, { type: 'restore' }), { name: 'Old' })
})
