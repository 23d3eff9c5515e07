import { makeStack } from '@daybook/shared/testing'
import t from 'tap'
import { type Completion, project } from '../../src/projection/completion.ts'
import { openCompletions } from '../../src/projection/completion-store.ts'
import { completed } from '../support/reporting.ts'

/** The stages that find the open cursors on the completions of a database. */
const idleCursors = (database: string) => [
  { $currentOp: { idleCursors: true } },
  { $match: { type: 'idleCursor', ns: `${database}.completions` } },
]

// test/simulation/contracts/completions.ts has the tests about what the projection stores and finds.
t.test('the projection of many completions', async t => {
  const { db } = await makeStack(t)
  const completions = await openCompletions(db)

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
