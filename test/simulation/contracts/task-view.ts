import { placeOf, type Since } from '../../../services/tasks/src/change-place.ts'
import type { Task } from '../../../services/tasks/src/task.ts'
import type { TaskQuery } from '../../../services/tasks/src/view/list-store.ts'
import type { TaskView } from '../../../services/tasks/src/view/view-store.ts'
import type { Contract } from './contract.ts'

const at = (minute: number) => `2026-11-22T10:${String(minute).padStart(2, '0')}:00.000Z`

function task(id: string, details: Partial<Task> = {}): Task {
  const what = { userId: 'alice', name: id, notes: null, dueOn: null, tags: [] }
  const when = { createdAt: at(0), updatedAt: at(0), version: 1 }
  return { id, ...what, ...when, status: 'open', completion: null, ...details } as Task
}

/** A change of a task to a version. */
const change = (before: Task, details: Partial<Task>) => ({
  before,
  after: { ...before, version: before.version + 1, ...details } as Task,
})

export const taskViewContract: Contract<TaskView> = (t, fresh) => {
  t.test('a task is written unless the view has the same version or a newer one', async t => {
    const open = await fresh()
    const [view, other] = [await open(), await open()]
    t.equal(await view.load('a'), undefined)
    await view.write(task('a', { version: 2 }))
    await other.write(task('a', { version: 1, name: 'older' }))
    await other.write(task('a', { version: 2, name: 'other' }))
    t.strictSame(await view.load('a'), task('a', { version: 2 }))
    await Promise.all([3, 5, 4].map(version => other.write(task('a', { version }))))
    t.strictSame(await view.versions(['a', 'b']), new Map([['a', 5]]))
    t.strictSame(await view.loadAll(['b', 'a']), new Map([['a', task('a', { version: 5 })]]))
  })

  t.test('changes are written to the tasks that have the state before them', async t => {
    const view = await (await fresh())()
    const [a, b, c] = [task('a'), task('b'), task('c')]
    await view.change([a, b, c].map(after => ({ before: undefined, after })))
    const completed = {
      status: 'completed',
      completion: { at: at(1), day: '2026-11-22', timeZone: 'UTC' },
    } as const
    const changes = [change(a, completed), change(b, completed), change(c, { name: 'renamed', tags: ['x'] })]
    await view.change(changes)
    for (const { after } of changes) t.strictSame(await view.load(after.id), after)
    await view.change(changes)
    for (const { after } of changes) t.strictSame(await view.load(after.id), after, 'again')

    const [first, second] = changes.map(({ after }) => after) as [Task, Task]
    const jump = { before: first, after: { ...first, version: 9, updatedAt: at(2) } as Task }
    const step = { before: second, after: { ...second, version: 9, updatedAt: at(2) } as Task }
    await view.write({ ...second, version: 3 } as Task)
    await view.change([jump, step])
    t.strictSame(await view.load('a'), jump.after, 'over several versions')
    t.strictSame(await view.load('b'), step.after, 'over several versions, from another state')
  })

  t.test(
    'a task of which the view has another state is written as a whole, unless it has a newer one',
    async t => {
      const view = await (await fresh())()
      const [behind, ahead, missing] = [
        task('behind'),
        task('ahead', { version: 9 }),
        task('missing', { version: 4 }),
      ]
      await view.change([behind, ahead].map(after => ({ before: undefined, after })))
      const third = task('behind', { version: 3, name: 'third' })
      const changes = [
        change(third, { notes: 'n' }),
        change(task('ahead', { version: 5 }), { notes: 'n' }),
        change(missing, { notes: 'n' }),
      ]
      await view.change(changes)
      t.strictSame(await view.load('behind'), { ...third, version: 4, notes: 'n' })
      t.strictSame(await view.load('ahead'), ahead)
      t.strictSame(await view.load('missing'), { ...missing, version: 5, notes: 'n' })
    },
  )

  t.test('a list has the tasks of a user that meet a query, in the requested order', async t => {
    const view = await (await fresh())()
    await view.change(
      [
        task('1', { updatedAt: at(5), tags: ['x', 'y'], name: 'Water (all)' }),
        task('2', { updatedAt: at(9), dueOn: '2026-11-25' }),
        task('3', {
          updatedAt: at(5),
          status: 'completed',
          completion: { at: at(5), day: '2026-11-22', timeZone: 'UTC' },
          dueOn: '2026-11-24',
        }),
        task('4', { updatedAt: at(1), status: 'deleted' }),
        task('5', { userId: 'bob' }),
      ].map(after => ({ before: undefined, after })),
    )
    const list = async (query: Partial<TaskQuery>) => {
      const found = await view.list({ userId: 'alice', sort: '-createdAt', limit: 9, ...query })
      return found.map(({ id }) => id).join('')
    }
    t.equal(await list({}), '321')
    t.equal(await list({ sort: '-updatedAt' }), '231')
    t.equal(await list({ limit: 2, after: { id: '3' } }), '21')
    t.equal(await list({ sort: '-updatedAt', after: { id: '3', updatedAt: at(5) } }), '1')
    t.equal(await list({ status: 'open' }), '21')
    t.equal(await list({ tag: ['y'] }), '1')
    t.equal(await list({ tag: ['y', 'x'] }), '1')
    t.equal(await list({ tag: ['y', 'z'] }), '')
    t.equal(await list({ dueBefore: '2026-11-25' }), '3')
    t.equal(await list({ dueAfter: '2026-11-24' }), '2')
    t.equal(await list({ dueOn: '2026-11-24' }), '3')
    t.equal(await list({ dueOn: '2026-11-24', dueAfter: '2026-11-24' }), '')
    t.equal(await list({ completedAfter: '2026-11-21', completedBefore: '2026-11-23' }), '3')
    t.equal(await list({ completedAfter: '2026-11-22' }), '')
    t.equal(await list({ q: 'water (A' }), '1')
    t.equal(await list({ userId: 'bob' }), '5')
    t.equal(await list({ userId: undefined }), '5321')
    await view.change([change(task('2', { dueOn: '2026-11-25' }), { name: 'STRASSE', updatedAt: at(9) })])
    t.equal(await list({ q: 'straße' }), '2')
  })

  t.test('changes come page by page in the order of their writes, deletions too', async t => {
    const open = await fresh()
    const [view, other] = [await open(), await open()]
    const [a, b, c] = [task('a'), task('b'), task('c', { status: 'deleted' })]
    await view.change([a, b].map(after => ({ before: undefined, after })))
    await other.write(c)
    await other.write(task('d', { userId: 'bob' }))
    await view.change([change(b, { name: 'renamed' })])
    await other.change([change(a, { status: 'completed' }), change(c, { status: 'open' })])

    const seen: string[] = []
    for (let since: Since | undefined, more = true; more; ) {
      const page = await view.changes({ userId: 'alice', since, limit: 1 })
      t.equal(page.tasks.length, 1)
      seen.push(...page.tasks.map(({ id, version }) => `${id} ${version}`))
      ;[since, more] = [page.next, page.more]
    }
    t.strictSame(seen.sort(), ['a 2', 'b 2', 'c 2'])
    t.equal(seen.length, 3)
    const all = await view.changes({ userId: 'alice', limit: 9 })
    t.equal(all.tasks[0]?.id, 'b', 'the first of the changes')
    t.equal(all.more, false)
  })

  t.test('a reader that has read all goes back before the latest changes', async t => {
    const view = await (await fresh())()
    const a = task('a')
    const start = await view.changes({ userId: 'alice', limit: 9 })
    t.match(start, { tasks: [], more: false, next: { id: '' } })
    await view.write(a)
    const first = await view.changes({ userId: 'alice', since: start.next, limit: 9 })
    const again = await view.changes({ userId: 'alice', since: first.next, limit: 9 })
    t.strictSame([first.tasks, again.tasks], [[a], [a]])
    const later = { at: first.next.at + placeOf(3600), id: '' }
    t.strictSame((await view.changes({ userId: 'alice', since: later, limit: 9 })).tasks, [])
  })
}
