import { makeStack, startService } from '@daybook/shared/testing'
import { t, test } from 'tap'
import { type Ask, as, complete, type List, reopen, type TaskJson, write } from '../support/tasks.ts'

const stack = await makeStack(t)
// The index of earlier versions, which had only the order by last change.
await stack.db
  .collection('tasks')
  .createIndex({ userId: 1, updatedAt: -1, _id: -1 }, { name: 'newest change first' })
const { url } = await startService(t, 'tasks', stack.env)
let users = 0
const someone = () => as(url, `user ${++users}`)

/** Reads a list page by page. */
async function* pages(ask: Ask, query: string): AsyncGenerator<TaskJson[]> {
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: { body: List } = await ask<List>(`/tasks?${query}${cursor && `&cursor=${cursor}`}`)
    yield body.tasks
    cursor = body.nextCursor
  }
}

async function writeMany(ask: Ask, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) ids.push((await write(ask, { name: `task ${n}`, tags: ['t'] })).id)
  return ids
}

test('every task that exists throughout is on one page, even when tasks change between pages', async t => {
  for (const query of ['limit=4', 'limit=4&tag=t', 'limit=4&q=TASK', 'limit=4&sort=-createdAt']) {
    const ask = await someone()
    const ids = await writeMany(ask, 24)
    const [toDelete, ...staying] = ids
    const seen: string[] = []
    let page = 0
    for await (const tasks of pages(ask, query)) {
      seen.push(...tasks.map(({ id }) => id))
      // Completes, completes and reopens, or edits three of every six tasks, whether they were read already or not.
      for (const id of staying.filter((_, i) => i % 6 === page % 6)) await complete(ask, id)
      for (const id of staying.filter((_, i) => i % 6 === (page + 1) % 6)) {
        await complete(ask, id)
        await reopen(ask, id)
      }
      for (const id of staying.filter((_, i) => i % 6 === (page + 2) % 6)) {
        await ask(`/tasks/${id}`, { method: 'PATCH', body: { notes: `after page ${page}` } })
      }
      await write(ask, { name: `written after page ${page}` })
      if (page === 0) await ask(`/tasks/${toDelete}`, { method: 'DELETE' })
      page += 1
    }
    t.strictSame(seen, staying.toReversed(), query)
  }
})

test('a task that matches a filter throughout is on one page', async t => {
  const ask = await someone()
  const ids = await writeMany(ask, 12)
  const seen: string[] = []
  for await (const tasks of pages(ask, 'status=open&limit=3')) {
    seen.push(...tasks.map(({ id }) => id))
    const [first] = tasks
    if (first) await complete(ask, first.id)
  }
  t.strictSame(seen, ids.toReversed())
})

test('the order by last change can be requested and read in pages', async t => {
  const ask = await someone()
  const ids = await writeMany(ask, 7)
  for (const id of [ids[2], ids[5], ids[0]]) await complete(ask, id ?? '')
  const seen: string[] = []
  for await (const tasks of pages(ask, 'sort=-updatedAt&limit=2')) seen.push(...tasks.map(({ id }) => id))
  t.strictSame(
    seen,
    [0, 5, 2, 6, 4, 3, 1].map(n => ids[n]),
  )
})

test('a cursor of one order is refused in the other, also one from an earlier version', async t => {
  const ask = await someone()
  await writeMany(ask, 2)
  const cursorOf = async (query: string) => (await ask<List>(`/tasks?${query}`)).body.nextCursor
  const byCreation = await cursorOf('limit=1')
  // Earlier versions had only this order. Their cursors look the same.
  const byChange = await cursorOf('limit=1&sort=-updatedAt')
  const refused = (detail: RegExp) => ({
    status: 400,
    body: { errors: [{ pointer: '/querystring/cursor', detail }] },
  })
  t.match(await ask(`/tasks?cursor=${byChange}`), refused(/was the default before/))
  t.match(await ask(`/tasks?cursor=${byCreation}&sort=-updatedAt`), refused(/by creation/))
  t.match(await ask('/tasks?sort=updatedAt'), {
    status: 400,
    body: { errors: [{ pointer: '/querystring/sort' }] },
  })
})
