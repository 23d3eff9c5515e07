import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'

/** How many failures the jobs of each kind may have, for the kinds that have rules. */
export async function readAttempts(
  signal: AbortSignal,
): Promise<{ data?: ReadonlyMap<string, number>; error?: Problem }> {
  const { data, error } = await schedulerApi.GET('/kinds', { params: { query: { limit: 1000 } }, signal })
  if (data === undefined) return { error: error as Problem }
  return {
    data: new Map(data.kinds.map(({ name, definition }) => [name, definition.attempts ?? DEFAULT_ATTEMPTS])),
  }
}

/** After so many failures a job fails, unless its kind says otherwise. */
export const DEFAULT_ATTEMPTS = 10
