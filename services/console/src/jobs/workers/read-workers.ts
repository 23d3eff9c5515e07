import type { Scheduler } from '@daybook/client'
import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'

type WorkerPage = Scheduler.components['schemas']['WorkerList']

/** What the workers that are alive can do, and do. */
export type WorkerCounts = NonNullable<WorkerPage['counts']>

const PAGE = 100
const none: WorkerCounts = { alive: 0, running: 0, slots: 0 }

/** Reads a page of workers, those that have stopped last, and what all that are found can do. @param wanted.q empty: all */
export async function readWorkers(
  { q, cursor }: { q: string; cursor: string | undefined },
  signal: AbortSignal,
): Promise<{ data?: WorkerPage & { counts: WorkerCounts }; error?: Problem }> {
  const query = {
    ...{ limit: PAGE, counts: 'true' as const },
    ...(q && { q }),
    ...(cursor !== undefined && { cursor }),
  }
  const { data, error } = await schedulerApi.GET('/workers', { params: { query }, signal })
  return data === undefined ? { error: error as Problem } : { data: { counts: none, ...data } }
}
