import { type Offsets, offsetsFromJson } from '@daybook/shared/kafka'
import type { RerunDay } from './rerun-model.ts'

type Sent = Pick<RerunDay, 'state' | 'requests' | 'requestsStart' | 'requestsEnd'>

/**
 * How many log requests of a day the writers have passed, by the part of the offsets between its first and its last request
 * that they have passed. Requests of others may be between them.
 * @param passed the offsets that the writers have committed
 */
export function handledOf(
  { state, requests = 0, requestsStart, requestsEnd }: Sent,
  passed: Offsets,
): number {
  if (state !== 'writing') return requests
  const start = offsetsFromJson(requestsStart ?? {})
  let [all, left] = [0, 0]
  for (const [partition, end] of offsetsFromJson(requestsEnd ?? {})) {
    const from = start.get(partition) ?? 0n
    const at = passed.get(partition) ?? 0n
    all += Number(end - from)
    left += Number(end - (at < from ? from : at > end ? end : at))
  }
  return all === 0 ? requests : Math.floor((requests * (all - left)) / all)
}
