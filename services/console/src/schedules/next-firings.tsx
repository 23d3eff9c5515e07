import type { Problem } from '../api/problem.ts'
import { schedulerApi } from '../api/services.ts'
import { Shown } from '../elements/states.tsx'
import { type Read, useRead } from '../elements/use-read.ts'
import { firingLines } from './definition/firing-lines.ts'
import { FiringTable } from './definition/firing-table.tsx'
import type { Firing } from './definition/schedule.ts'

type Next = { next: Firing[] }

async function readNext(name: string, signal: AbortSignal) {
  const params = { path: { name } }
  const { data, error } = await schedulerApi.GET('/schedules/{name}/next', { params, signal })
  return data === undefined ? { error: error as Problem } : { data }
}

/** @param version changes when the firings may have changed */
export const useNext = (name: string, version: string): Read<Next> =>
  useRead(signal => readNext(name, signal), [name], version)

/** The next ten firings of a schedule. */
export const NextFirings = ({ read, isPaused }: { read: Read<Next>; isPaused: boolean }) => (
  <section aria-label="Next firings">
    <h3>{isPaused ? 'Next firings, if it was resumed now' : 'Next firings'}</h3>
    <Shown read={read} what="the next firings">
      {({ next }) =>
        next.length === 0 ? (
          <p>No slot is left.</p>
        ) : (
          <FiringTable caption="Next firings" lines={firingLines(next)} />
        )
      }
    </Shown>
  </section>
)
