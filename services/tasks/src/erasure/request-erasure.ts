import { setTimeout as sleep } from 'node:timers/promises'
import type { Erasure } from './erasure-model.ts'
import type { Erasures } from './erasure-store.ts'
import type { UserTexts } from './user-texts-store.ts'

// The clock of a process that created a task may be ahead by more than anybody wants to wait for.
const MAX_WAIT_MS = 1000

/**
 * Stores the request to erase the text of a user. It covers every task whose creation was answered before. It returns when its
 * instant is over, so that it does not cover tasks that the user creates after the answer.
 * @param request.by who asks
 */
export async function requestErasure(
  request: Pick<Erasure, 'userId' | 'by' | 'traceparent'>,
  { erasures, texts }: { erasures: Pick<Erasures, 'add'>; texts: Pick<UserTexts, 'newestCreation'> },
): Promise<Erasure> {
  const now = new Date().toISOString()
  // The process that created it may have a clock that is ahead.
  const newest = (await texts.newestCreation(request.userId)) ?? now
  const requestedAt = newest > now ? newest : now
  const erasure = await erasures.add({ ...request, requestedAt })
  const left = Date.parse(requestedAt) + 1 - Date.now()
  if (left > 0) await sleep(Math.min(left, MAX_WAIT_MS))
  return erasure
}
