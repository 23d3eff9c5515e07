import { test } from 'tap'
import type { IdPage } from '../../src/events/stored-ids-store.ts'
import { pagesInOrder } from '../../src/republish/pages-in-order.ts'
import { eventId } from '../../src/task.ts'

const taskIds = [1, 2, 3].map(n => `019ab0c0-0000-7000-8000-00000000000${n}`)
const eventsOf = (taskId: string, count: number) =>
  Array.from({ length: count }, (_, i) => eventId(taskId, i + 1))

/** Pages of ids as MongoDB has them: in the order of texts. */
function pagesOf(ids: string[], size: number) {
  const sorted = [...ids].sort()
  return async (after: string): Promise<IdPage> => {
    const page = sorted.filter(id => id > after).slice(0, size)
    return { ids: page, through: page.at(-1) }
  }
}

test('the ids of each task are in the order of sequences, in pages of a bounded size, wherever a page of the store ends', async t => {
  const [first = '', second = '', third = ''] = taskIds
  const wanted = [...eventsOf(first, 12), ...eventsOf(second, 1), ...eventsOf(third, 25)]
  for (const size of [1, 3, 10, 100]) {
    const pages = await Array.fromAsync(pagesInOrder(pagesOf([...wanted, 'note:1', 'note:2'], size), 7))
    t.strictSame(pages.flat(), wanted)
    t.ok(pages.every(({ length }) => length <= 7))
  }
})

test('an empty page is not the end', async t => {
  const [id = ''] = eventsOf(taskIds[0] ?? '', 1)
  const pages = [
    { ids: [], through: 'a' },
    { ids: [id], through: 'b' },
    { ids: [], through: undefined },
  ]
  t.strictSame(await Array.fromAsync(pagesInOrder(async () => pages.shift() as IdPage, 10)), [[id]])
})
