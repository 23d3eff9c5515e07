import type { Credit } from './credit.ts'

/** A search for ready jobs: the first ones by rank among some kinds of a lane. */
export interface Page {
  lane: string
  kinds: string[]
  limit: number
}

// MongoDB merges the index ranges of so many kinds in order; of more it would read and sort all jobs.
const MAX_KINDS = 100

/**
 * Decides which ready jobs are read. A page has no more jobs than the workers that can run them may be sent. Kinds of the same
 * workers share a page.
 * @param closed workers that get nothing
 * @param isAlone says whether a kind needs a page of its own: its first jobs may not be allowed to start now, and they would
 * fill a shared page and hide the jobs of other kinds
 * @param isOpen says whether jobs of a kind may be sent at all
 * @param most the largest page
 */
export function pagesOf(
  credits: readonly Credit[],
  closed: ReadonlySet<string>,
  { isOpen, isAlone, most }: KindRules,
): Page[] {
  const usable = credits.filter(({ worker, total }) => total > 0 && !closed.has(worker))
  const pages = new Map<string, Page>()
  for (const lane of new Set(usable.flatMap(({ lanes }) => [...lanes.keys()]))) {
    const workers = usable.filter(({ lanes }) => lanes.has(lane))
    for (const kind of new Set(workers.flatMap(({ kinds }) => [...kinds]))) {
      if (!isOpen(kind)) continue
      const able = workers.filter(({ kinds }) => kinds.has(kind))
      const sharing = isAlone(kind) ? [kind] : able.map(({ worker }) => worker)
      const id = JSON.stringify([lane, isAlone(kind), sharing])
      const limit = Math.min(
        most,
        able.reduce((sum, { total }) => sum + total, 0),
      )
      const page = pages.get(id) ?? { lane, kinds: [], limit }
      page.kinds.push(kind)
      pages.set(id, page)
    }
  }
  return [...pages.values()].flatMap(inParts)
}

export interface KindRules {
  isOpen: (kind: string) => boolean
  isAlone: (kind: string) => boolean
  most: number
}

function inParts(page: Page): Page[] {
  const count = Math.ceil(page.kinds.length / MAX_KINDS)
  return Array.from({ length: count }, (_, i) => ({
    ...page,
    kinds: page.kinds.slice(i * MAX_KINDS, (i + 1) * MAX_KINDS),
  }))
}
