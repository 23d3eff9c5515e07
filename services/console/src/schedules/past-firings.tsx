import { href } from '../address/address.ts'
import type { Problem } from '../api/problem.ts'
import { schedulerApi } from '../api/services.ts'
import { Shown } from '../elements/states.tsx'
import { type Read, useRead } from '../elements/use-read.ts'
import { type PastLine, pastLines } from './definition/past-lines.ts'
import type { Schedule } from './definition/schedule.ts'
import { PastTable } from './past-table.tsx'

const LIMIT = 50

/** Reads the firings that the scheduler keeps, and the jobs that they have added: their ids begin with that of the schedule. */
async function readPast(name: string, kind: Schedule['kind'], signal: AbortSignal) {
  const query = { schedule: name, q: `firing:${name}:`, limit: LIMIT }
  const [firings, jobs] = await Promise.all([
    schedulerApi.GET('/schedules/{name}/firings', { params: { path: { name } }, signal }),
    kind === 'user' ? schedulerApi.GET('/jobs', { params: { query }, signal }) : undefined,
  ])
  // Nobody has used the name.
  if (firings.response.status === 404) return { data: [] }
  const error = (firings.error ?? jobs?.error) as Problem | undefined
  if (firings.data === undefined || error !== undefined) return { error: error as Problem }
  return { data: pastLines(firings.data.firings, jobs?.data?.jobs ?? []) }
}

/** @param version changes when there may be more firings */
export const usePast = (name: string, kind: Schedule['kind'], version: string): Read<PastLine[]> =>
  useRead(signal => readPast(name, kind, signal), [name, kind], version)

/** The firings of a schedule, with what became of the jobs that they have added. */
export const PastFirings = ({ name, read }: { name: string; read: Read<PastLine[]> }) => (
  <section aria-label="Past firings">
    <h3>Past firings</h3>
    <Shown read={read} what="the past firings">
      {lines =>
        lines.length === 0 ? (
          <p>No firing is known.</p>
        ) : (
          <>
            <PastTable lines={lines} />
            {lines.some(({ job }) => job !== undefined) && (
              <p>
                <a href={href(`/jobs?schedule=${encodeURIComponent(name)}`)}>
                  Show all jobs of this schedule
                </a>
              </p>
            )}
          </>
        )
      }
    </Shown>
  </section>
)
