import { setTimeout as sleep } from 'node:timers/promises'
import { waitOut } from '@daybook/shared/failures/outage'
import type { Hold } from '@daybook/shared/rebuild/hold'
import type { TaskView } from '../view/view-store.ts'
import { collectDifferences, type Difference, type Differences, differenceOf } from './difference.ts'
import type { RebuildPhase } from './rebuild-model.ts'
import type { RebuildPorts } from './rebuild-ports.ts'

/** How often what differs is compared again: a command may have stored an event, and not yet have changed the view. */
const ROUNDS = 3
const PAUSE_MS = 200

/** Compares all tasks of the live view with those of a rebuild. Both change meanwhile, so what differs is compared with its events. */
export async function compareViews(held: Hold<RebuildPhase>, ports: RebuildPorts): Promise<Differences> {
  const { generation } = held.rebuild()
  const found = collectDifferences()
  const [live, rebuilt] = await Promise.all([ports.views.open('live'), ports.views.open(generation)])
  const record = async (ids: string[]) => {
    for (const difference of await stillDiffering(ids, live, held, ports)) found.add(difference)
  }
  for await (const page of pagesOf(generation, held, ports)) {
    const known = await waited(held, ports, () => live.loadAll(page.map(({ id }) => id)))
    await record(page.filter(task => differenceOf(known.get(task.id), task)).map(({ id }) => id))
  }
  for await (const page of pagesOf('live', held, ports)) {
    const known = await waited(held, ports, () => rebuilt.versions(page.map(({ id }) => id)))
    await record(page.map(({ id }) => id).filter(id => !known.has(id)))
  }
  return found
}

async function* pagesOf(generation: number | 'live', held: Hold<RebuildPhase>, ports: RebuildPorts) {
  for (let after = ''; ; ) {
    held.signal.throwIfAborted()
    const page = await waited(held, ports, () => ports.views.page(generation, after))
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    after = last.id
  }
}

/** How tasks of the live view differ from their events. */
async function stillDiffering(
  ids: string[],
  live: TaskView,
  held: Hold<RebuildPhase>,
  ports: RebuildPorts,
): Promise<Difference[]> {
  let found: Difference[] = []
  for (let round = 0; round < ROUNDS && ids.length > 0; round += 1) {
    if (round > 0) await sleep(PAUSE_MS)
    const known = await waited(held, ports, () => live.loadAll(ids))
    found = []
    for (const id of ids) {
      const difference = differenceOf(known.get(id), await waited(held, ports, () => ports.store.rebuild(id)))
      if (difference) found.push(difference)
    }
    ids = found.map(({ taskId }) => taskId)
  }
  return found
}

const waited = <T>({ signal }: Hold<RebuildPhase>, { log }: RebuildPorts, read: () => Promise<T>) =>
  waitOut('comparing tasks', read, { log, signal })
