import type { JobSystem } from './job-system.ts'
import { untilEnded } from './until-ended.ts'

/** The jobs of a group by state, as GET /groups/{id} answers. */
export type Counts = Record<'total' | 'waiting' | 'sent' | 'running' | Ended, number>
type Ended = 'succeeded' | 'failed' | 'cancelled' | 'expired'

/** A group as GET /groups/{id} answers. */
export interface GroupView {
  state: 'open' | 'closed' | 'finished'
  counts: Counts
  failures: { job: string; error?: string }[]
}

/** A member as GET /groups/{id}/results answers. */
export interface ResultView {
  job: string
  state: string
  result?: unknown
}

type Api = Pick<JobSystem, 'api'>

export const groupOf = async ({ api }: Api, id: string) => (await api<GroupView>(`/groups/${id}`)).body

/** Adds jobs as an open group with a continuation, in requests of `size` jobs. @returns the ids of the group and its jobs */
export async function addGroup(system: Api, jobs: object[], { size, then }: { size: number; then: object }) {
  const { group, jobs: ids } = await added(system, '/jobs/batch', {
    jobs: jobs.slice(0, size),
    then,
    close: false,
  })
  for (let i = size; i < jobs.length; i += size)
    ids.push(...(await added(system, `/groups/${group}/jobs`, { jobs: jobs.slice(i, i + size) })).jobs)
  return { group, ids }
}

async function added({ api }: Api, path: string, body: object) {
  const answer = await api<{ group: string; jobs: string[] }>(path, { body })
  if (answer.status === 202) return answer.body
  throw new Error(`the jobs are refused: ${JSON.stringify(answer.body)}`)
}

/** Reads the pages of a list. @param path with a query */
export async function* pagesOf<Page extends object>({ api }: Api, path: string): AsyncGenerator<Page> {
  for (let cursor: string | null = ''; cursor !== null; ) {
    const after: string = cursor && `&cursor=${encodeURIComponent(cursor)}`
    const { status, body } = await api<Page & { nextCursor: string | null }>(path + after)
    if (status !== 200) throw new Error(`the list is refused: ${JSON.stringify(body)}`)
    yield body as Awaited<typeof body>
    cursor = body.nextCursor
  }
}

/** Reads the pages of the results of a group. */
export const resultPages = (system: Api, group: string) =>
  pagesOf<{ results: ResultView[] }>(system, `/groups/${group}/results?limit=100`)

/** Reads all results of a group. */
export async function resultsOf(system: Api, group: string): Promise<ResultView[]> {
  const all: ResultView[] = []
  for await (const { results } of resultPages(system, group)) all.push(...results)
  return all
}

/** Waits until at most `left` jobs of a group are open. */
export const groupEnded = (system: Api, group: string, left = 0) =>
  untilEnded(async () => {
    const { waiting, sent, running } = (await groupOf(system, group)).counts
    return waiting + sent + running
  }, left)
