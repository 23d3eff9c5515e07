import type { Problem } from '../api/problem.ts'
import { schedulerApi } from '../api/services.ts'
import { More } from '../elements/lists/more.tsx'
import { useCount } from '../elements/lists/show-more.tsx'
import { Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { ChangeTable } from './change-table.tsx'

// The scheduler keeps so many.
const MOST = 250

async function readChanges(name: string, limit: number, signal: AbortSignal) {
  const params = { path: { name }, query: { limit } }
  const { data, error } = await schedulerApi.GET('/schedules/{name}/changes', { params, signal })
  return data === undefined ? { error: error as Problem } : { data }
}

/** What operators did to a schedule. @param version changes when there may be more */
export function Changes({ name, version }: { name: string; version: string }) {
  const { count, more } = useCount(name)
  const limit = Math.min(count, MOST)
  const read = useRead(signal => readChanges(name, limit, signal), [name], `${version} ${limit}`)
  return (
    <section aria-label="Changes">
      <h3>Changes, and firings by hand</h3>
      <Shown read={read} what="the changes">
        {({ changes }) =>
          changes.length === 0 ? (
            <p>Nothing is known.</p>
          ) : (
            <>
              <ChangeTable changes={changes} />
              <More count={count} hasMore={changes.length === count} more={more} />
            </>
          )
        }
      </Shown>
    </section>
  )
}
