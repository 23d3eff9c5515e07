import type { JobSystem } from './job-system.ts'

/** One call of the handler, from its marks. Times are milliseconds since 1970. */
export interface Run {
  id: string
  attempt: number
  pid: string
  from: number
  /** When the handler ended, or when its process was killed. */
  to: number
}

/**
 * Reads the runs from the marks of the handlers, the earliest start first.
 * @param killed when processes were killed, by their ids
 */
export async function readRuns(
  { lines }: Pick<JobSystem, 'lines'>,
  killed: ReadonlyMap<string, number>,
): Promise<Run[]> {
  const [starts, stops] = [await lines('starts'), await lines('stops')]
  const stopped = new Map(stops.map(({ id, attempt, pid, at }) => [`${id} ${attempt} ${pid}`, at]))
  return starts
    .map(({ id, attempt, pid, at }) => ({
      ...{ id, attempt, pid },
      from: at,
      to: stopped.get(`${id} ${attempt} ${pid}`) ?? killed.get(pid) ?? Number.POSITIVE_INFINITY,
    }))
    .sort((a, b) => a.from - b.from)
}

/** The attempts that ran more than once, each with its runs. */
export const repeatedIn = (runs: readonly Run[]): [Run, ...Run[]][] =>
  [...Map.groupBy(runs, ({ id, attempt }) => `${id} ${attempt}`).values()]
    .filter(ofAttempt => ofAttempt.length > 1)
    .map(ofAttempt => ofAttempt as [Run, ...Run[]])

/** The pairs of runs that overlap. @param runs by their starts */
export function overlapsIn(runs: readonly Run[]): [Run, Run][] {
  return runs.flatMap((first, i) => {
    const later = runs.slice(i + 1)
    const end = later.findIndex(({ from }) => from >= first.to)
    return later.slice(0, end < 0 ? undefined : end).map((second): [Run, Run] => [first, second])
  })
}

/** The starts after which more than `limit` runs start within so many milliseconds. @param runs by their starts */
export const crowdedIn = (runs: readonly Run[], limit: number, ms: number): number[] =>
  runs
    .map(({ from }) => from)
    .filter((from, i) => (runs[i + limit]?.from ?? Number.POSITIVE_INFINITY) < from + ms)
