import { randomUUID } from 'node:crypto'
import { makeStack } from '@daybook/shared/testing'
import t from 'tap'
import { type Completion, project, type TakenBack } from '../../src/projection/completion.ts'
import { openCompletions } from '../../src/projection/completion-store.ts'
import { completed, reopened } from '../support/reporting.ts'

const DAY = '2026-11-22'

/** The documents of a task that was completed, reopened and completed again under another name. */
function history(userId = 'alice'): [Completion, TakenBack, Completion] {
  const taskId = randomUUID()
  const first = completed(userId, DAY, { taskId, name: 'first' })
  const again = completed(userId, DAY, { taskId, name: 'again', sequence: 4 })
  return [project(first), project(reopened(first)), project(again)] as [Completion, TakenBack, Completion]
}

/** The stages that find the open cursors on the completions of a database. */
const idleCursors = (database: string) => [
  { $currentOp: { idleCursors: true } },
  { $match: { type: 'idleCursor', ns: `${database}.completions` } },
]

t.test('the projection of events', async t => {
  const { db } = await makeStack(t)
  const completions = await openCompletions(db)

  t.test('the newest of several events of a task in one batch counts, in any order', async t => {
    for (const [user, order] of Object.entries({ a: [0, 1, 2], b: [2, 1, 0], c: [1, 2, 0], d: [2, 0, 1] })) {
      const documents = history(user)
      await completions.apply(order.flatMap(i => documents[i] ?? []))
      t.strictSame(await completions.ofUser(user, DAY), [documents[2]], `order ${order}`)
    }
  })

  t.test('repeated batches, and an older batch that comes last, change nothing', async t => {
    const [first, takenBack, again] = history('twice')
    for (const batch of [[first], [takenBack], [again], [takenBack], [first], [first, takenBack], [again]]) {
      await completions.apply(batch)
    }
    t.strictSame(await completions.ofUser('twice', DAY), [again])
  })

  t.test('an older event that comes later does not bring back a completion that was taken back', async t => {
    const [first, takenBack] = history('back')
    await completions.apply([takenBack])
    await completions.apply([first])
    t.strictSame(await completions.ofUser('back', DAY), [])
    const users = await Array.fromAsync(completions.users(DAY, 'UTC'))
    t.ok(users.includes('back'), 'the run of another time zone may have written the completion')
  })

  t.test("a user's day is in the order of completion, across time zones", async t => {
    const at = (completedAt: string, timeZone: string) =>
      project(completed('traveller', DAY, { completedAt, timeZone })) as Completion
    const late = at('2026-11-22T23:59:59.999Z', 'UTC')
    const early = at('2026-11-21T11:00:00.000Z', 'Pacific/Auckland')
    await completions.apply([late, early])
    t.strictSame(await completions.ofUser('traveller', DAY), [early, late])
    t.strictSame(await completions.ofUser('traveller', '2026-11-21'), [])
  })

  t.test('`withCompletions` finds the days that have a completion that counts', async t => {
    const [takenBack, completion] = history('carol').slice(1) as [TakenBack, Completion]
    await completions.apply([
      { ...takenBack, _id: 'taken back', day: '2026-11-24', timeZone: 'Asia/Tokyo' },
      { ...completion, _id: 'completion', day: '2026-11-25', timeZone: 'Asia/Tokyo' },
    ])
    const days = ['2026-11-24', '2026-11-25', '2026-11-26'].flatMap(day =>
      ['UTC', 'Asia/Tokyo'].map(timeZone => ({ day, timeZone })),
    )
    t.strictSame(
      [...(await completions.withCompletions(days))],
      [{ day: '2026-11-25', timeZone: 'Asia/Tokyo' }],
    )
    t.strictSame(await completions.withCompletions([]), new Set())
  })

  t.test(
    'the users of a day in a time zone are listed once each, and those with completions are counted',
    async t => {
      const day = '2026-11-23'
      const zoned = (user: string, timeZone: string) =>
        project(completed(user, day, { timeZone })) as Completion
      const [takenBack] = history('c').slice(1) as [TakenBack]
      await completions.apply([
        zoned('a', 'UTC'),
        zoned('a', 'UTC'),
        zoned('b', 'UTC'),
        zoned('b', 'Asia/Tokyo'),
        { ...takenBack, _id: 'taken back that day', day },
      ])
      t.strictSame((await Array.fromAsync(completions.users(day, 'UTC'))).sort(), ['a', 'b', 'c'])
      t.strictSame(await completions.count(day, 'UTC'), { users: 2, completions: 3 })
      t.strictSame(await completions.count(day, 'Europe/Berlin'), { users: 0, completions: 0 })
    },
  )

  t.test('the days of many users are each in the order of completion, and in parts of any size', async t => {
    const at = (user: string, day: string, second: number) =>
      project(completed(user, day, { completedAt: `${day}T10:00:${10 + second}.000Z` })) as Completion
    const days = ['2026-12-01', '2026-12-02']
    const wanted = days.flatMap(day => ['a', 'b', 'c'].map(userId => ({ userId, day })))
    const stored = wanted.flatMap(({ userId, day }) =>
      Array.from({ length: 40 }, (_, i) => at(userId, day, 49 - i)),
    )
    await completions.apply([...stored, at('other', '2026-12-01', 0)])
    const found = await Array.fromAsync(
      completions.ofUserDays([...wanted.slice(0, 5), { userId: 'none', day: '2026-12-01' }]),
    )
    t.equal(found.length, 5)
    for (const done of found) {
      const [first] = done
      const same = await completions.ofUser(first?.userId ?? '', first?.day ?? '')
      t.strictSame(
        done.map(({ taskId }) => taskId),
        same.map(({ taskId }) => taskId),
      )
      t.equal(done.length, 40)
    }
  })

  t.test('the days of users are whole when there are too many completions to read them at once', async t => {
    const day = '2026-12-03'
    const counts = { a: 2000, b: 2000, c: 1, d: 6000, e: 3 }
    const documents = Object.entries(counts).flatMap(([user, count]) =>
      Array.from({ length: count }, () => project(completed(user, day)) as Completion),
    )
    await completions.apply(documents)
    const wanted = [...Object.keys(counts), 'none'].map(userId => ({ userId, day }))
    const found: [string | undefined, number][] = []
    for await (const done of completions.ofUserDays(wanted)) found.push([done[0]?.userId, done.length])
    t.strictSame(found, Object.entries(counts))
  })

  t.test('a reader of `users` that stops early leaves no open cursor in MongoDB', async t => {
    const day = '2026-11-27'
    // More users than the first batch of a cursor holds.
    const users = Array.from({ length: 200 }, (_, i) => `user-${i}`)
    await completions.apply(users.map(user => project(completed(user, day)) as Completion))
    const openCursors = async () =>
      (await db.getClient().db('admin').aggregate(idleCursors(db.name)).toArray()).length
    for await (const _ of completions.users(day, 'UTC')) {
      t.equal(await openCursors(), 1)
      break
    }
    t.equal(await openCursors(), 0)
  })
})
