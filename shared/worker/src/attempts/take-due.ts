import { monotonic } from '../handling/clock.ts'
import type { Due } from '../handling/due.ts'
import type { BrokerTime } from '../handling/may-start.ts'
import { type ReturnReason, returned } from '../handling/outcome.ts'
import { giveBack, type Hold, type Holds } from './holds.ts'
import type { Recent } from './recent.ts'
import { nameOf, type Results } from './results.ts'
import type { SlotQueue } from './slot-queue.ts'
import type { StrictStart } from './strict-start.ts'

export interface TakeDeps {
  holds: Holds
  slots: SlotQueue
  results: Results
  /** The attempts that this worker has started. */
  started: Recent
  /** Why the worker does not take an attempt; undefined if it does. */
  refusal: (due: Due) => ReturnReason | undefined
  strictStart: StrictStart
  /** Lets the main thread run the handler. */
  run: (hold: Hold, time: BrokerTime) => void
  fail: (error: Error) => void
}

/**
 * Takes an attempt: waits for a slot and announces the start. Resolves when the record of the attempt may be committed,
 * because the broker has the announcement, or the attempt is returned, or this worker has started it before.
 * @param read when the record was appended by the broker's clock, and when it was read by the monotonic clock
 * @param interrupted aborted when the partition goes to another worker
 * @throws the reason of `interrupted`: the record must not be committed
 */
export async function takeDue(
  due: Due,
  read: { appendedAt: number; readAt: number },
  interrupted: AbortSignal,
  deps: TakeDeps,
): Promise<void> {
  const { holds, slots, results, started, refusal } = deps
  const known = holds.get(nameOf(due))
  if (known !== undefined) return void (await known.announced)
  if (started.has(nameOf(due))) return
  const reason = refusal(due)
  if (reason !== undefined) return results.report(due, returned(reason))
  const hold = holds.add(due)
  if (!slots.takeFree()) {
    const why = await waitForSlot(hold, read, interrupted, slots)
    if (why !== undefined) {
      holds.remove(hold)
      interrupted.throwIfAborted()
      return await results.report(due, returned(why))
    }
  }
  hold.state = 'starting'
  const announcing = results.start(due)
  hold.announced = announcing
  const time = await announcing
  started.add(hold.name)
  begin(hold, time, deps).catch(deps.fail)
}

/** @returns undefined: the attempt has a slot; otherwise why it waits no longer */
async function waitForSlot(
  hold: Hold,
  read: { appendedAt: number; readAt: number },
  interrupted: AbortSignal,
  slots: SlotQueue,
): Promise<ReturnReason | undefined> {
  const withdrawal = new AbortController()
  hold.withdrawal = withdrawal
  const tooLate = setTimeout(() => withdrawal.abort('late'), Math.max(0, msUntilLate(hold.due, read)))
  try {
    await slots.take(AbortSignal.any([interrupted, withdrawal.signal]))
    return undefined
  } catch {
    return (withdrawal.signal.reason ?? 'stopping') as ReturnReason
  } finally {
    clearTimeout(tooLate)
  }
}

/**
 * Returns the milliseconds until it is certain that the attempt may not start any more. The broker's clock shows at least the
 * time of the record plus the time since it was read.
 */
function msUntilLate(
  { startBy }: Due,
  { appendedAt, readAt }: { appendedAt: number; readAt: number },
): number {
  return Date.parse(startBy) - appendedAt - (monotonic() - readAt)
}

/** Passes an announced attempt to the main thread, unless something has come between. */
async function begin(hold: Hold, time: BrokerTime, { holds, strictStart, run }: TakeDeps): Promise<void> {
  const obstacle = hold.due.strict && hold.aborted === undefined ? await strictStart(hold.due) : undefined
  if (hold.aborted !== undefined) return giveBack(holds, hold, hold.aborted)
  if (obstacle !== undefined) {
    holds.end(hold, obstacle)
    return holds.settle(hold)
  }
  hold.state = 'running'
  run(hold, time)
}
