import { test } from 'tap'
import {
  after,
  alice,
  at,
  complete,
  create,
  details,
  edit,
  given,
  remove,
  reopen,
  restore,
  taskId,
} from './support/given.ts'

const ten = '2026-11-22T10:00:00Z'
const noon = '2026-11-22T12:00:00Z'
const nextDay = '2026-11-23T12:00:00Z'

test('a task is created with its details', async t => {
  given()
    .when(create())
    .gives(t, {
      type: 'TaskCreated',
      source: '/daybook/tasks',
      subject: taskId,
      time: '2026-11-22T08:00:00.000Z',
      data: { ...details, taskId, userId: alice, sequence: 1, createdAt: '2026-11-22T08:00:00.000Z' },
    })
})

test('an existing task is not created again', async t => {
  given(create()).when(create()).gives(t, undefined)
  given(create(), remove(ten)).when(create()).gives(t, undefined)
})

test('the event of an edit contains only the changed fields', async t => {
  given(create())
    .when(edit(ten, { name: 'Water the trees', notes: null, tags: [], dueOn: '2026-12-01' }))
    .gives(t, {
      type: 'TaskEdited',
      data: { changes: { name: 'Water the trees', dueOn: '2026-12-01' } },
    } as never)
})

test('an edit without a change causes no event', async t => {
  given(create()).when(edit(ten, {})).gives(t, undefined)
  given(create())
    .when(edit(ten, { ...details }))
    .gives(t, undefined)
})

test('tags in another order are a change', async t => {
  given(create(), edit(ten, { tags: ['a', 'b'] }))
    .when(edit(noon, { tags: ['b', 'a'] }))
    .gives(t, { type: 'TaskEdited', data: { changes: { tags: ['b', 'a'] } } } as never)
})

test('a completed task refuses an edit that changes something', async t => {
  given(create(), complete(ten))
    .when(edit(noon, { name: 'x' }))
    .isRefused(t, 'DAYBOOK_TASK_COMPLETED')
  given(create(), complete(ten))
    .when(edit(noon, { name: details.name }))
    .gives(t, undefined)
  given(create(), complete(ten), reopen(noon))
    .when(edit(noon, { name: 'x' }))
    .gives(t, { type: 'TaskEdited' })
})

test('the event of a completion contains the task, the instant and the day', async t => {
  given(create(), edit(ten, { name: 'Water all', tags: ['home'] }))
    .when(complete(noon, 'Europe/Berlin'))
    .gives(t, {
      type: 'TaskCompleted',
      data: {
        ...details,
        name: 'Water all',
        tags: ['home'],
        completedAt: '2026-11-22T12:00:00.000Z',
        timeZone: 'Europe/Berlin',
        day: '2026-11-22',
      },
    } as never)
})

test('completing a completed task causes no event, on any day', async t => {
  given(create(), complete(ten)).when(complete(noon)).gives(t, undefined)
  given(create(), complete(ten)).when(complete(nextDay, 'Asia/Tokyo')).gives(t, undefined)
})

test('the day of a completion is the local date, to the minute', async t => {
  // Midnight in Berlin is at 23:00Z.
  const completed = (now: string, zone: string, day: string) =>
    given(create())
      .when(complete(now, zone))
      .gives(t, { type: 'TaskCompleted', data: { day } } as never)
  completed('2026-11-22T22:59:59.999Z', 'Europe/Berlin', '2026-11-22')
  completed('2026-11-22T23:00:00.000Z', 'Europe/Berlin', '2026-11-23')
  completed('2026-11-22T23:59:00Z', 'UTC', '2026-11-22')
  completed('2026-11-23T00:01:00Z', 'UTC', '2026-11-23')
  completed('2026-11-22T10:30:00Z', 'Pacific/Kiritimati', '2026-11-23')
  completed('2026-11-22T10:30:00Z', 'Pacific/Pago_Pago', '2026-11-21')
})

test('a reopening on the same day takes the completion back', async t => {
  given(create(), complete(ten))
    .when(reopen(noon))
    .gives(t, {
      type: 'TaskReopened',
      data: {
        takenBack: true,
        completedDay: '2026-11-22',
        timeZone: 'UTC',
        reopenedAt: '2026-11-22T12:00:00.000Z',
      },
    } as never)
})

test('a reopening on a later day does not take the completion back', async t => {
  given(create(), complete(ten))
    .when(reopen(nextDay))
    .gives(t, { data: { takenBack: false } } as never)
})

test('the day of a reopening is determined in the time zone of the completion', async t => {
  // 23:30 in Berlin, and already the next day in Tokyo.
  const late = complete('2026-11-22T22:30:00Z', 'Europe/Berlin')
  given(create(), late)
    .when(reopen('2026-11-22T22:59:00Z'))
    .gives(t, { data: { takenBack: true } } as never)
  given(create(), late)
    .when(reopen('2026-11-22T23:01:00Z'))
    .gives(t, { data: { takenBack: false } } as never)
})

test('reopening an open task causes no event', async t => {
  given(create()).when(reopen(ten)).gives(t, undefined)
  given(create(), complete(ten), reopen(noon)).when(reopen(nextDay)).gives(t, undefined)
})

test('a task that is completed again counts on the day of the last completion', async t => {
  given(create(), complete(ten), reopen(noon))
    .when(complete(nextDay))
    .gives(t, { type: 'TaskCompleted', data: { day: '2026-11-23', sequence: 4 } } as never)
})

test('open and completed tasks can be deleted', async t => {
  const expected = { type: 'TaskDeleted', data: { deletedAt: '2026-11-22T12:00:00.000Z' } } as never
  given(create()).when(remove(noon)).gives(t, expected)
  given(create(), complete(ten)).when(remove(noon)).gives(t, expected)
})

test('a deleted task is restored, and a task that is not deleted stays as it is', async t => {
  const expected = { type: 'TaskRestored', data: { restoredAt: '2026-11-22T12:00:00.000Z' } } as never
  given(create(), remove(ten)).when(restore(noon)).gives(t, expected)
  given(create(), complete(ten), remove(ten)).when(restore(noon)).gives(t, expected)
  given(create()).when(restore(noon)).gives(t, undefined)
  given(create(), complete(ten)).when(restore(noon)).gives(t, undefined)
  given(create(), remove(ten), restore(ten)).when(restore(noon)).gives(t, undefined)
})

test('a restored completion is taken back when the task is reopened on the same day', async t => {
  given(create(), complete(ten), remove(ten), restore(noon))
    .when(reopen(noon))
    .gives(t, { type: 'TaskReopened', data: { takenBack: true, completedDay: '2026-11-22' } } as never)
})

test("a restoring is refused for another version, and for a missing or another user's task", async t => {
  const deleted = given(create(), remove(ten))
  deleted.when({ ...restore(noon), versions: [1] }).isRefused(t, 'DAYBOOK_TASK_CHANGED')
  deleted.when({ ...restore(noon), versions: [2] }).gives(t, { type: 'TaskRestored' })
  given(create())
    .when({ ...restore(noon), versions: [2] })
    .isRefused(t, 'DAYBOOK_TASK_CHANGED')
  given().when(restore(noon)).isRefused(t, 'DAYBOOK_TASK_NOT_FOUND')
  deleted.when({ ...restore(noon), versions: [9], userId: 'bob' }).isRefused(t, 'DAYBOOK_TASK_NOT_FOUND')
})

test('a task that is missing, deleted or owned by another user is not found', async t => {
  for (const command of [complete(noon), reopen(noon), edit(noon, { name: 'x' }), remove(noon)]) {
    given().when(command).isRefused(t, 'DAYBOOK_TASK_NOT_FOUND')
    given(create(), remove(ten)).when(command).isRefused(t, 'DAYBOOK_TASK_NOT_FOUND')
    given(create())
      .when({ ...command, userId: 'bob' })
      .isRefused(t, 'DAYBOOK_TASK_NOT_FOUND')
  }
})

test('a command is refused if it is for other versions, and accepted if it is for the current version', async t => {
  for (const command of [complete(noon), edit(noon, { name: 'x' }), remove(noon)]) {
    given(create(), edit(ten, { notes: 'n' }))
      .when({ ...command, versions: [1] })
      .isRefused(t, 'DAYBOOK_TASK_CHANGED')
    given(create(), edit(ten, { notes: 'n' }))
      .when({ ...command, versions: [] })
      .isRefused(t, 'DAYBOOK_TASK_CHANGED')
    given(create(), edit(ten, { notes: 'n' }))
      .when({ ...command, versions: [1, 2] })
      .gives(t, {})
  }
})

test("a refusal does not reveal the version of another user's task", async t => {
  given(create())
    .when({ ...at(noon, { type: 'delete' }, 'bob'), versions: [9] })
    .isRefused(t, 'DAYBOOK_TASK_NOT_FOUND')
})

const erase = (now: string) => at(now, { type: 'erase' })

test('erasing a task deletes it and removes its text, also when it was deleted before', async t => {
  const write = at('2026-11-22T08:00:00Z', {
    type: 'create',
    details: { name: 'Secret', notes: 'secret', dueOn: '2026-12-01', tags: ['secret'] },
  })
  for (const past of [[write], [write, complete(ten)], [write, remove(ten)]]) {
    const { events, task } = after(t, [...past, erase(noon)])
    t.match(events.at(-1), { type: 'TaskDeleted', data: { erased: true, sequence: past.length + 1 } })
    t.match(task, { status: 'deleted', erased: true, name: '(erased)', notes: null, tags: [] })
    t.equal(task?.dueOn, '2026-12-01')
    given(...past, erase(noon))
      .when(erase(noon))
      .gives(t, undefined)
  }
  given().when(erase(noon)).gives(t, undefined)
  given(create(), erase(ten)).when(restore(noon)).isRefused(t, 'DAYBOOK_TASK_NOT_FOUND')
})
