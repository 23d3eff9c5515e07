import t from 'tap'
import type { Row, Task } from '../../src/tasks/task.ts'
import { groupOf, type Shown } from '../../src/today/groups.ts'
import { type HeldGroups, holdGroups } from '../../src/today/held-groups.ts'

const shown = (key: string, facts: Partial<Task> = {}, row: Partial<Row> = {}): Shown => {
  const task = {
    id: key,
    name: key,
    dueOn: null,
    completedAt: null,
    createdAt: '2026-11-20T10:00:00Z',
    ...facts,
  }
  return { row: { key, task, pending: [], ...row } as unknown as Row, task: task as Task }
}

const rowsOf = ({ groups }: HeldGroups) =>
  groups.map(({ name, shown }) => [
    name,
    ...shown.map(({ row, isGone }) => `${row.key}${isGone ? ' gone' : ''}`),
  ])

const gone: Row = { key: 'gone', isDeleted: true, pending: [] } as unknown as Row

function hold(all: Shown[], before?: HeldGroups, rowOf: (key: string) => Row | undefined = () => undefined) {
  const group = ({ task }: Shown) => groupOf(task, '2026-11-27', 'UTC')
  return holdGroups(all, before?.places ?? new Map(), { groupOf: group, rowOf })
}

const [x, y] = [shown('x', { dueOn: '2026-12-05' }), shown('y', { dueOn: '2026-12-10' })]

t.test('what changes elsewhere moves no row of a held list', async t => {
  const before = hold([x, y])
  t.strictSame(rowsOf(before), [['Later', 'x', 'y']])
  const later = shown('x', { dueOn: '2026-12-20', name: 'renamed' })
  const held = hold([later, y], before)
  t.match(held, { waiting: 1, groups: [{ shown: [{ task: { name: 'renamed' } }, {}] }] })
  t.strictSame(rowsOf(held), [['Later', 'x', 'y']], 'in its group')
  t.strictSame(rowsOf(hold([later, y], held)), [['Later', 'x', 'y']], 'and it stays there')
  const done = shown('x', { completedAt: '2026-11-27T10:00:00Z' })
  t.strictSame(rowsOf(hold([done, y], before)), [['Later', 'x', 'y']], 'of its group')
  t.strictSame(rowsOf(hold([x, y, shown('z')], before)), [['Later', 'x', 'y']], 'what is new waits')
  t.strictSame(rowsOf(hold([later, y])), [['Later', 'y', 'x']], 'until the list is left')
})

t.test('a task that goes elsewhere keeps its place, and is marked', async t => {
  const before = hold([x, y])
  for (const row of [undefined, gone]) {
    const held = hold([y], before, () => row)
    t.strictSame(rowsOf(held), [['Later', 'x gone', 'y']])
    t.equal(held.waiting, 1)
    t.strictSame(rowsOf(hold([y], held, () => row)), [['Later', 'x gone', 'y']], 'and stays marked')
  }
})

t.test('what the person does moves at once', async t => {
  const before = hold([x, y])
  const own = shown('x', { completedAt: '2026-11-27T10:00:00Z' }, { isOwn: true })
  t.strictSame(rowsOf(hold([own, y], before)), [
    ['Later', 'y'],
    ['Done today', 'x'],
  ])
  const deleted = hold([y], before, () => ({ ...gone, isOwn: true }))
  t.strictSame(rowsOf(deleted), [['Later', 'y']])
  t.equal(deleted.waiting, 0)
})
