import type { Problem } from '../api/problem.ts'
import { schedulerApi } from '../api/services.ts'
import { Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { ChangeTable } from './change-table.tsx'

const LIMIT = 50

async function readChanges(name: string, signal: AbortSignal) {
  const params = { path: { name }, query: { limit: LIMIT } }
  const { data, error } = await schedulerApi.GET('/schedules/{name}/changes', { params, signal })
  return data === undefined ? { error: error as Problem } : { data }
}

/** What operators did to a schedule. @param version changes when there may be more */
export function Changes({ name, version }: { name: string; version: string }) {
  const read = useRead(signal => readChanges(name, signal), [name], version)
  return (
    <section aria-label="Changes">
      <h3>Changes, and firings by hand</h3>
      <Shown read={read} what="the changes">
        {({ changes }) =>
          changes.length === 0 ? <p>Nothing is known.</p> : <ChangeTable changes={changes} />
        }
      </Shown>
    </section>
  )
}
