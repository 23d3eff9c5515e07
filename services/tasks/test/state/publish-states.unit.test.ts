import { type TaskEvent, toMessage } from '@daybook/shared/events'
import type { OutgoingMessage } from '@daybook/shared/kafka'
import { received, silent } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { publishStates } from '../../src/state/publish-states.ts'
import { evolve, type Task } from '../../src/task.ts'
import { after, complete, create, edit, remove, taskId } from '../support/given.ts'

const NEVER = async () => undefined

interface Bench {
  stored: TaskEvent[]
  view: Map<string, Task>
  published: OutgoingMessage[]
  /** Called when something is published, before the view is asked again. */
  onPublish: () => void
  /** The id of a task whose state cannot be published. */
  refuses: string
}

/** A consumer on an event store and a view in memory. */
function setUp(t: Test, bench: Partial<Bench> = {}) {
  const { stored = [], view = new Map<string, Task>(), onPublish = () => undefined, refuses } = bench
  const published: OutgoingMessage[] = []
  const byIds = (ids: string[]) => new Map([...view].filter(([id]) => ids.includes(id)))
  const { handle } = publishStates({
    store: { readAll: async ids => stored.filter(({ id }) => ids.includes(id)) },
    view: {
      load: async id => view.get(id),
      loadAll: async ids => byIds(ids),
      versions: async ids => new Map([...byIds(ids)].map(([id, { version }]) => [id, version])),
      write: async task => void view.set(task.id, task),
    },
    kafka: {
      async publish(topic, messages) {
        t.equal(topic, 'daybook.tasks.state')
        if (messages.some(({ key }) => key === refuses)) throw new Error('too large')
        published.push(...messages)
        onPublish()
        return { appendedAt: undefined }
      },
    },
    park: async (_, error) => void t.fail(error.message),
    log: silent,
  })
  return { handle, published, view }
}

const message = (event: TaskEvent) => received(toMessage(event, event.data.userId))
const past = (t: Test, ...commands: Parameters<typeof after>[1]) => after(t, [create(), ...commands])
const versionsOf = (published: OutgoingMessage[]) =>
  published.map(({ headers }) => (headers as Record<string, string>).version)

test('events of a task that come together publish its state once', async t => {
  const { events, task } = past(t, edit('2026-11-22T09:00:00Z', { name: 'Edited' }))
  const { handle, published } = setUp(t, { view: new Map([[taskId, task as Task]]) })
  await handle(events.map(message), NEVER)
  t.match(published, [{ key: taskId, headers: { version: '2', ce_dataschema: /TaskState:1$/ } }])
  t.equal(published.length, 1)
  t.match(JSON.parse(String(published[0]?.value)), { id: taskId, name: 'Edited', status: 'open', version: 2 })
})

test('a view that a crash left behind is brought up to date first', async t => {
  const { events } = past(t, complete('2026-11-22T09:00:00Z'))
  const [created] = events as [TaskEvent]
  const view = new Map([[taskId, evolve(undefined, created)]])
  const bench = setUp(t, { view, stored: events })
  await bench.handle(events.map(message), NEVER)
  t.match(JSON.parse(String(bench.published[0]?.value)), {
    status: 'completed',
    completion: { at: '2026-11-22T09:00:00.000Z', day: '2026-11-22', timeZone: 'UTC' },
  })
  t.equal(view.get(taskId)?.version, 2)
})

test('a deleted task, and one that does not exist, become a tombstone with the version', async t => {
  const { events, task } = past(t, remove('2026-11-22T09:00:00Z'))
  for (const view of [new Map([[taskId, task as Task]]), new Map<string, Task>()]) {
    const { handle, published } = setUp(t, { view })
    await handle(events.map(message), NEVER)
    t.match(published, [{ key: taskId, value: null }])
    const { ce_time: _, ...headers } = (published[0]?.headers ?? {}) as Record<string, string>
    t.strictSame(headers, {
      ...{ ce_specversion: '1.0', ce_id: `state:${taskId}:2`, ce_type: 'TaskState' },
      ...{ ce_source: '/daybook/tasks', ce_subject: taskId, version: '2' },
    })
  }
})

test('an event of a type that is not known publishes the state too, and a record that is no event does not', async t => {
  const { events, task } = past(t)
  const { handle, published } = setUp(t, { view: new Map([[taskId, task as Task]]) })
  const unknown = { ...(events[0] as TaskEvent), type: 'TaskPraised' } as unknown as TaskEvent
  await handle([received({ key: 'k', value: 'no JSON', headers: {} })], NEVER)
  t.equal(published.length, 0)
  await handle([message(unknown)], NEVER)
  t.strictSame(versionsOf(published), ['1'])
})

test('what became newer while an older state was published is published after it', async t => {
  const { events } = past(t, complete('2026-11-22T09:00:00Z'), remove('2026-11-22T10:00:00Z'))
  const states: Task[] = []
  for (const event of events) states.push(evolve(states.at(-1), event))
  const view = new Map<string, Task>()
  const publishNext = () => {
    const next = states.shift()
    if (next) view.set(taskId, next)
  }
  publishNext()
  const { handle, published } = setUp(t, { view, stored: events, onPublish: publishNext })
  await handle(events.slice(0, 1).map(message), NEVER)
  t.strictSame(versionsOf(published), ['1', '2', '3'])
})

test('what several partitions have when a batch begins is published together', async t => {
  const { events, task } = past(t, complete('2026-11-22T09:00:00Z'))
  const others = ['019ab0c0-0000-7000-8000-000000000002', '019ab0c0-0000-7000-8000-000000000003']
  const all = [taskId, ...others].map(id => [id, { ...task, id } as Task] as const)
  let batches = 0
  const onPublish = () => {
    batches += 1
  }
  const { handle, published } = setUp(t, { view: new Map(all), onPublish })
  const partOf = (id: string) => events.map(event => message({ ...event, id: event.id.replace(taskId, id) }))
  await Promise.all(all.map(([id]) => handle(partOf(id), NEVER)))
  t.strictSame(new Set(published.map(({ key }) => key)), new Set([taskId, ...others]))
  t.equal(batches, 1)
})

test('events that come one by one after a failure do not fail because of others', async t => {
  const { events, task } = past(t, complete('2026-11-22T09:00:00Z'))
  const bad = '019ab0c0-0000-7000-8000-000000000002'
  const view = new Map([taskId, bad].map(id => [id, { ...task, id } as Task]))
  const { handle } = setUp(t, { view, refuses: bad })
  await handle(events.map(message), NEVER)
  const of = (id: string) =>
    events.slice(1).map(event => message({ ...event, id: event.id.replace(taskId, id) }))
  const outcomes = await Promise.allSettled([handle(of(bad), NEVER), handle(of(taskId), NEVER)])
  t.strictSame(
    outcomes.map(({ status }) => status),
    ['rejected', 'fulfilled'],
  )
})

test('a process that has lost its partitions publishes nothing', async t => {
  const { events, task } = past(t)
  const { handle, published } = setUp(t, { view: new Map([[taskId, task as Task]]) })
  const lost = new Error('the group has another member')
  const handling = handle(events.map(message), async () => Promise.reject(lost))
  await t.rejects(handling, lost)
  t.equal(published.length, 0)
})
