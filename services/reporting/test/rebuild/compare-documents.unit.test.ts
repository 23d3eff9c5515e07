import { silent } from '@daybook/shared/testing'
import t from 'tap'
import { type Completion, project } from '../../src/projection/completion.ts'
import { compareDocuments } from '../../src/rebuild/compare-documents.ts'
import type { Difference } from '../../src/rebuild/difference.ts'
import type { Documents } from '../../src/rebuild/document-store.ts'
import { completed } from '../support/reporting.ts'

const documentOf = (number: number, details = {}): Completion => {
  const day = `2026-06-${String(1 + Math.floor(number / 10)).padStart(2, '0')}`
  return project(
    completed(`user-${number}`, day, { taskId: `task-${number % 10}`, ...details }),
  ) as Completion
}

/** Documents in memory, in pages of a size. */
function memory(documents: Completion[], size: number) {
  const byId = new Map(documents.map(one => [one._id, one]))
  const store: Documents = {
    async page(after) {
      const rest = [...byId.values()]
        .filter(({ _id }) => _id > after)
        .sort((a, b) => (a._id < b._id ? -1 : 1))
      const page = rest.slice(0, size)
      return { documents: page, mayHaveMore: page.length === size }
    },
    find: async ids => new Map(ids.flatMap(id => (byId.has(id) ? [[id, byId.get(id) as Completion]] : []))),
  }
  return { byId, store }
}

interface Stores {
  live: Documents
  rebuilt: Documents
}

async function compare(stores: Stores, settled: (round: number) => void = () => undefined) {
  const found: Difference[] = []
  const reports: number[] = []
  let rounds = 0
  await compareDocuments({
    ...stores,
    async settled() {
      rounds += 1
      settled(rounds)
    },
    record: async differences => void found.push(...differences),
    report: count => void reports.push(count),
    log: silent,
    signal: new AbortController().signal,
  })
  return { found: found.map(({ userId, kind }) => `${userId} ${kind}`), reports, rounds }
}

const all = Array.from({ length: 40 }, (_, number) => documentOf(number))

t.test('all documents are compared once, whatever the pages of both are', async t => {
  for (const [size, otherSize] of [
    [7, 5],
    [5, 40],
    [40, 40],
    [100, 3],
  ] as const) {
    const live = memory(
      all.filter((_, number) => number !== 3 && number < 38),
      size,
    )
    live.byId.set(all[20]?._id ?? '', documentOf(20, { taskId: 'task-0', name: 'other' }))
    const rebuilt = memory(
      all.filter((_, number) => number < 12 || number > 15),
      otherSize,
    )
    const { found, reports } = await compare({ live: live.store, rebuilt: rebuilt.store })
    const extra = [12, 13, 14, 15].map(number => `user-${number} extra`)
    const expected = ['user-3 missing', ...extra, 'user-20 changed', 'user-38 missing', 'user-39 missing']
    t.strictSame(found, expected, `pages of ${size} and ${otherSize}`)
    t.equal(reports.at(-1), 40)
  }
})

t.test('what an event changes meanwhile is compared again', async t => {
  const [live, rebuilt] = [memory(all, 100), memory(all.slice(1), 100)]
  live.byId.set(all[5]?._id ?? '', documentOf(5, { name: 'damaged' }))
  const { found, rounds } = await compare({ live: live.store, rebuilt: rebuilt.store }, round => {
    const [first] = all as [Completion]
    if (round === 2) rebuilt.byId.set(first._id, first)
  })
  t.strictSame(found, ['user-5 changed'])
  t.equal(rounds, 3)
})

t.test('equal documents are read once', async t => {
  const { found, rounds } = await compare({ live: memory(all, 8).store, rebuilt: memory(all, 8).store })
  t.strictSame(found, [])
  t.equal(rounds, 0)
  t.strictSame((await compare({ live: memory([], 8).store, rebuilt: memory([], 8).store })).reports, [0])
})
