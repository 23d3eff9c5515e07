import t from 'tap'
import { applyEvent, type TaskEvent } from '../../src/tasks/apply-event.ts'
import type { Task } from '../../src/tasks/task.ts'

const at = '2026-11-27T10:00:00.000Z'
const known: Task = {
  id: 'one',
  userId: 'alice',
  name: 'Water the plants',
  notes: null,
  dueOn: null,
  tags: [],
  status: 'open',
  createdAt: at,
  updatedAt: at,
  completedAt: null,
  version: 2,
}
const later = '2026-11-27T11:00:00.000Z'
const event = (type: string, sequence: number, data: object = {}): TaskEvent => ({
  type,
  time: later,
  data: { taskId: 'one', userId: 'alice', sequence, ...data },
})

t.test('the next event changes the task', async t => {
  t.match(applyEvent(known, event('TaskEdited', 3, { changes: { dueOn: '2026-12-01' } })), {
    task: { dueOn: '2026-12-01', name: 'Water the plants', version: 3, updatedAt: later },
  })
  t.match(applyEvent(known, event('TaskCompleted', 3, { completedAt: later })), {
    task: { status: 'completed', completedAt: later, version: 3 },
  })
  const completed: Task = { ...known, status: 'completed', completedAt: at }
  t.match(applyEvent(completed, event('TaskReopened', 3)), { task: { status: 'open', completedAt: null } })
  t.strictSame(applyEvent(known, event('TaskDeleted', 3)), { isDeleted: true })
})

t.test('a creation is a task', async t => {
  t.match(applyEvent(undefined, event('TaskCreated', 1, { name: 'New', tags: ['home'], createdAt: at })), {
    task: { id: 'one', name: 'New', tags: ['home'], status: 'open', createdAt: at, version: 1 },
  })
})

t.test('an event that is not newer than the task is old', async t => {
  t.equal(applyEvent(known, event('TaskDeleted', 2)), 'old')
  t.equal(applyEvent(known, event('TaskCreated', 1)), 'old')
})

t.test('after a gap the task is read again', async t => {
  t.equal(applyEvent(known, event('TaskEdited', 4)), 'read')
  t.equal(applyEvent(undefined, event('TaskEdited', 4)), 'read')
  t.equal(applyEvent(known, event('TaskRestored', 3)), 'read')
})
