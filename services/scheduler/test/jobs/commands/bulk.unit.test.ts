import t from 'tap'
import { makeBulk } from '../../../src/jobs/commands/bulk.ts'

type Deps = Parameters<typeof makeBulk>
type Page = Awaited<ReturnType<Deps[1]['list']['page']>>

const at = new Date(0)

/** Makes bulk commands over so many jobs, with the ids 0, 1, 2 and so on. */
function bulkOver(jobs: number) {
  const page = async (_: unknown, { after, limit }: { after?: string | undefined; limit: number }) => {
    const from = after === undefined ? 0 : Number(after) + 1
    const to = Math.min(jobs, from + limit)
    const rows = Array.from({ length: to - from }, (_, i) => ({ _id: String(from + i) }))
    return { rows, ...(to < jobs ? { after: String(to - 1) } : {}) } as Page
  }
  return makeBulk(
    { now: () => at } as Deps[0],
    { list: { page }, cancelJobs: async () => new Map() } as unknown as Deps[1],
  )
}

t.test('counting ends at a limit, and goes on from there', async t => {
  const { count } = bulkOver(100_007)
  const first = await count('cancel', { kind: 'k' }, undefined)
  t.strictSame(first, { matching: 100_000, at, after: '99999' })
  t.strictSame(await count('cancel', { kind: 'k' }, first.after), { matching: 7, at })
})
