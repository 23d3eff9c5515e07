import { growingPause } from '@daybook/shared/async/growing-pause'
import { type Loop, startLoop } from '@daybook/shared/async/loop'
import { userErasedEvent } from '@daybook/shared/events'
import { waitOut } from '@daybook/shared/failures/outage'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import type { Logger } from 'pino'
import { type EraseDeps, eraseTasks } from './erase-tasks.ts'
import type { Erasure } from './erasure-model.ts'
import type { Erasures } from './erasure-store.ts'

interface ErasuresDeps extends EraseDeps {
  erasures: Pick<Erasures, 'pending' | 'finish'>
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  /** Erases the text of a user from dead letters. */
  forget: (userId: string) => Promise<void>
  /** Whether this process may work now, see `sweepLease`. */
  mayWork: () => Promise<boolean>
  /** Is told the ids of erasures that are done. */
  ended: (ids: string[]) => void
  log: Logger
}

const AT_ONCE = 100
// From one pass to the next, in milliseconds: while events wait to be published, and while nothing is to do.
const WAITING_MS = 200
const IDLE_MS = 5000

/** Carries out stored erasures until it is stopped. `wake` makes it begin a new one at once. */
export function startErasures(
  deps: ErasuresDeps,
  { signal, fail }: { signal: AbortSignal; fail: (error: Error) => void },
): Loop {
  const { erasures, mayWork, log } = deps
  const [waiting, idle] = [growingPause(WAITING_MS), growingPause(IDLE_MS)]
  const holds = async () => !signal.aborted && (await mayWork())
  return startLoop(async () => {
    const advance = async () => {
      const pending = await erasures.pending(AT_ONCE)
      let done = 0
      if (pending.length > 0 && (await holds()))
        for (const erasure of pending) if (await erase(erasure, holds, deps)) done += 1
      return { found: pending.length, done }
    }
    const { found, done } = await waitOut('erasing the text of users', advance, { log, signal })
    idle.looked(found > 0)
    waiting.looked(done > 0 || found === 0)
    return found > 0 ? waiting.ms() : idle.ms()
  }, fail)
}

/**
 * Makes a pass over an erasure, and ends the erasure if nothing was left to do. The pass before, perhaps of another process, has done
 * the work then. So UserErased follows all events of the user's erased tasks on Kafka.
 * @returns whether the erasure has ended here
 */
async function erase(erasure: Erasure, holds: () => Promise<boolean>, deps: ErasuresDeps): Promise<boolean> {
  const pass = await eraseTasks(erasure, holds, deps)
  if (pass === undefined || !pass.isClean) return false
  await deps.forget(erasure.userId)
  const { isClean: _, ...erased } = pass
  const { _id, userId, requestedAt, traceparent } = erasure
  const erasedAt = new Date().toISOString()
  const data = { userId, requestedAt, erasedAt, tasks: erased.tasks }
  const event = { ...userErasedEvent(_id, data), traceparent }
  if (!(await deps.erasures.finish(_id, erased, event))) return false
  deps.relay.offer([{ document: _id, event }])
  deps.ended([_id])
  deps.log.info({ erasure: _id, ...erased }, 'the text of a user is erased')
  return true
}
