import type { Loop } from '@daybook/shared/async/loop'
import { waitOut } from '@daybook/shared/failures/outage'
import type { Kind } from '../../kinds/kind.ts'
import type { Kinds } from '../../kinds/kind-store.ts'
import type { Retention } from '../../stored/finish-store.ts'
import type { Job } from '../../stored/job.ts'
import type { JobsBase } from '../../stored/open-jobs-store.ts'
import { present } from '../../stored/present.ts'
import { startUnlessQuiet } from '../../stored/quiet.ts'
import { expiryClock } from './expiry-clock.ts'
import type { ExpiryStore } from './expiry-store.ts'

export interface ExpiryDeps {
  base: Pick<JobsBase, 'now' | 'signals' | 'quiet' | 'log' | 'fail'>
  kinds: Pick<Kinds, 'getMany'>
  store: ExpiryStore
  retention: Retention
  /** Whether this process is the one that lets jobs expire. */
  isOurs: () => boolean
  /** The lanes that live workers read; undefined if that is not known yet. */
  servedLanes: () => Promise<ReadonlySet<string> | undefined>
  signal: AbortSignal
}

const EVERY_MS = 1000
// The most jobs that expire in one write.
const PAGE = 500

/** Starts the loop that ends waiting jobs whose time has run out. */
export const startExpiry = (deps: ExpiryDeps): Loop =>
  startUnlessQuiet(deps.base, async () => {
    const expire = () => expireJobs(deps)
    if (deps.isOurs()) await waitOut('expiring jobs', expire, { log: deps.base.log, signal: deps.signal })
    return EVERY_MS
  })

async function expireJobs(deps: ExpiryDeps): Promise<void> {
  // Before anything is read: what the store says below is not older.
  const now = deps.base.now()
  const names = await deps.store.kinds()
  if (names.length === 0) return
  const lanes = await deps.servedLanes()
  if (lanes === undefined) return
  const [rules, served] = await Promise.all([deps.kinds.getMany(names), deps.store.served(names)])
  for (const [name, kind] of rules) await expireKind(deps, kind, { lanes, served: served.get(name), now })
}

async function expireKind(
  deps: ExpiryDeps,
  { name, lane, paused }: Kind,
  { lanes, served, now }: { lanes: ReadonlySet<string>; served: Date | undefined; now: Date },
): Promise<void> {
  const { store, retention } = deps
  const clock = expiryClock(!paused && lanes.has(lane), served, now)
  if (clock === 'stands') return
  if (clock === 'continues') await store.putOff(name, served, now)
  for (let isMore = true; isMore; ) {
    const page = await store.expired(name, now, PAGE)
    announce(deps, await store.expire(page, now, retention))
    isMore = page.length === PAGE
  }
  await store.setServed(name, served, now)
}

function announce({ base: { signals } }: ExpiryDeps, jobs: Job[]): void {
  if (jobs.length === 0) return
  const finished = jobs.map(({ _id, kind, lane, gate, group, then }) => ({
    id: _id,
    kind,
    lane,
    state: 'expired' as const,
    ...present({ gate, group, then }),
  }))
  signals.emit('finished', finished)
  const gates = [...new Set(jobs.flatMap(({ gate }) => gate ?? []))]
  if (gates.length > 0) signals.emit('gatesFreed', gates)
}
