import { DaybookError } from '../failures/errors.ts'

/** The milliseconds after which another process may take over a rebuild whose process has ended. */
export const REBUILD_LEASE_MS = 30_000

/** Documents that are built again beside the live ones. */
export interface Rebuild<Phase extends string = string> {
  generation: number
  phase: Phase
  /** The process that works on it, and the instant at which another one may take over. */
  owner: string
  until: Date
}

/** The document that a service has of its rebuilds. It is missing as long as nothing was rebuilt. */
export interface Rebuilding<Phase extends string = string> {
  _id: string
  /** The last number that was given to a generation. None is given twice, so no process mistakes one rebuild for another. */
  last: number
  /** Absent while nothing is rebuilt. */
  rebuild?: Rebuild<Phase>
}

/** Whether nobody works on a rebuild now: it is built, or its process has ended. */
export const isFree = ({ until }: Rebuild): boolean => until.getTime() < Date.now()

const refused = (why: string) => new DaybookError('DAYBOOK_REBUILD_REFUSED', why)

export const isRefused = (error: unknown): error is DaybookError =>
  error instanceof DaybookError && error.code === 'DAYBOOK_REBUILD_REFUSED'

export const takenOver = () => refused('Another process has taken this rebuild over: start it again')

/** @param found the other rebuild, if it is known */
export function underWay(found?: Rebuild): DaybookError {
  const what = found ? ` of generation ${found.generation} (${found.phase})` : ''
  const until = found ? `; if its process has ended, try again after ${found.until.toISOString()}` : ''
  return refused(`Another rebuild${what} is under way${until}`)
}

/** Aborted by SIGINT and SIGTERM: the rebuild then removes what it has built. Later signals change nothing, because npm repeats them. */
export function interruption(): AbortSignal {
  const interrupted = new AbortController()
  const abort = () => interrupted.abort(refused('The rebuild was interrupted'))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, abort)
  return interrupted.signal
}
