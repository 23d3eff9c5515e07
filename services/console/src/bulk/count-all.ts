import type { Problem } from '../api/problem.ts'

// One request counts 10,000 things or more. Nobody wants to wait for more of them.
const MOST_REQUESTS = 10

/**
 * Counts what matches, request by request.
 * @param ask counts from a cursor on: undefined at first
 * @returns `more` when so many requests have not counted all
 */
export async function countAll(
  ask: (
    cursor: string | undefined,
  ) => Promise<{ data?: { matching?: number; nextCursor: string | null }; error?: unknown }>,
): Promise<{ data?: { matching: number; more: boolean }; error?: Problem }> {
  let matching = 0
  let cursor: string | undefined
  for (let requests = 0; requests < MOST_REQUESTS; requests += 1) {
    const { data, error } = await ask(cursor)
    if (data === undefined) return { error: error as Problem }
    matching += data.matching ?? 0
    if (data.nextCursor === null) return { data: { matching, more: false } }
    cursor = data.nextCursor
  }
  return { data: { matching, more: true } }
}
