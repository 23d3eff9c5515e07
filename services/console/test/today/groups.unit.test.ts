import t from 'tap'
import type { Row, Task } from '../../src/tasks/task.ts'
import { arrange, groupOf, groupOfShown, type Shown } from '../../src/today/groups.ts'

const TODAY = '2026-11-27'
const ZONE = 'Europe/Berlin'
const task = (name: string, facts: Partial<Task> = {}) =>
  ({ name, dueOn: null, completedAt: null, createdAt: '2026-11-20T10:00:00Z', ...facts }) as Task
const group = (facts: Partial<Task>) => groupOf(task('x', facts), TODAY, ZONE)

t.test('a task belongs to the group of its due date, or to those done today', async t => {
  t.equal(group({ dueOn: '2026-11-26' }), 'Overdue')
  t.equal(group({ dueOn: TODAY }), 'Today')
  t.equal(group({ dueOn: '2026-11-28' }), 'Later')
  t.equal(group({}), 'No date')
  t.equal(group({ dueOn: '2026-11-26', completedAt: '2026-11-26T23:30:00Z' }), 'Done today', 'in Berlin')
  t.equal(group({ completedAt: '2026-11-26T22:30:00Z' }), undefined, 'done yesterday in Berlin')
})

t.test('groups have an order, and their tasks too', async t => {
  const all = [
    task('later', { dueOn: '2026-12-24' }),
    task('old', { createdAt: '2026-11-01T10:00:00Z' }),
    task('new', { createdAt: '2026-11-25T10:00:00Z' }),
    task('soon', { dueOn: '2026-11-28' }),
  ].map((one): Shown => ({ row: { key: one.name } as Row, task: one }))
  const groups = arrange(all, ({ task }) => groupOf(task, TODAY, ZONE))
  t.strictSame(
    groups.map(({ name, shown }) => [name, ...shown.map(one => one.task.name)]),
    [
      ['Later', 'soon', 'later'],
      ['No date', 'new', 'old'],
    ],
  )
})

t.test('a task of another day stays while the person must see it', async t => {
  const done = task('x', { completedAt: '2026-11-25T10:00:00Z' })
  const shown = (facts: Partial<Row>) =>
    groupOfShown({ row: { key: 'x', ...facts } as Row, task: done }, TODAY, ZONE)
  t.equal(shown({}), undefined)
  t.equal(shown({ conflict: { mine: { type: 'delete' }, theirs: done } }), 'Done today')
})
