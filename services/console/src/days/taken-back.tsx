import { href } from '../address/address.ts'
import { taskPath } from '../address/page-paths.ts'
import { useRead } from '../elements/use-read.ts'
import { isAdmin } from '../session/session.ts'
import { readTask } from '../tasks/requests.ts'
import type { Day } from './log-state.ts'

type TakenBackOne = NonNullable<Day['takenBack']>[number]

/** So many tasks are named: each takes a request. */
const NAMED = 20

async function readNames(ids: readonly string[]) {
  const found = await Promise.all(ids.map(async id => [id, await readTask(id)] as const))
  return { data: new Map(found.map(([id, read]) => [id, nameOf(read)])) }
}

const nameOf = (read: Awaited<ReturnType<typeof readTask>>): string | undefined =>
  'problem' in read ? undefined : (read.task?.name ?? 'a task that is deleted now')

/** Tasks that were reopened after their day was closed, so that their completions do not count any more. Reporting keeps no names of them. */
export function TakenBack({ of }: { of: readonly TakenBackOne[] }) {
  const ids = of.slice(0, NAMED).map(({ taskId }) => taskId)
  const { data: names } = useRead(() => readNames(ids), ids)
  return (
    <section aria-label="Taken back">
      <ul class="taken-back">
        {ids.map(id => (
          <li key={id}>
            <strong>{names?.get(id) ?? `Task ${id}`}</strong>: taken back after the day was closed
            {isAdmin.value && (
              <>
                {' · '}
                <a href={href(taskPath(id))} aria-label={`History of ${names?.get(id) ?? `task ${id}`}`}>
                  history
                </a>
              </>
            )}
          </li>
        ))}
        {of.length > NAMED && <li>and {of.length - NAMED} more</li>}
      </ul>
    </section>
  )
}
