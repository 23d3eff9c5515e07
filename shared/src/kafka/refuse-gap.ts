import type { Admin } from 'kafkajs'
import { DaybookError } from '../failures/errors.ts'
import type { ConsumerOptions } from './delivery/consumer-options.ts'
import { committedOffsets, logBounds, type Offsets } from './offsets.ts'

/**
 * Finds where a consumer begins, before it starts. Refuses a gap, see `refuseGap`, if the consumer keeps its position and
 * has to read everything.
 * @param names the names on the broker
 * @returns the positions for a consumer that commits none; undefined for a consumer that begins at its group's position
 */
export async function beginning(
  admin: Admin,
  { fromBeginning = true, keepsPosition = true, start }: ConsumerOptions,
  { group, topic }: { group: string; topic: string },
): Promise<Offsets | undefined> {
  if (keepsPosition) {
    if (fromBeginning) await refuseGap(admin, group, topic)
    return undefined
  }
  if (start !== undefined) return new Map(start)
  const { begin, end } = await logBounds(admin, topic)
  return fromBeginning ? begin : end
}

/**
 * Refuses to start a group that would skip lost records: its next records were deleted before it read them, or the log
 * ends before its position because the topic was created again. Otherwise the loss would go unnoticed.
 * @throws DaybookError DAYBOOK_KAFKA_OFFSETS_GONE
 */
async function refuseGap(admin: Admin, group: string, topic: string): Promise<void> {
  // Check twice, because `gapOf` sends two requests. Between them, retention may delete records that other members have
  // just read, which would look like a gap.
  const gap = (await gapOf(admin, group, topic)) && (await gapOf(admin, group, topic))
  if (gap === undefined) return
  throw new DaybookError(
    'DAYBOOK_KAFKA_OFFSETS_GONE',
    `${gap}: restore the topic, or reset the group's offsets`,
  )
}

async function gapOf(admin: Admin, group: string, topic: string): Promise<string | undefined> {
  // Ask for the committed offsets before the log's bounds. In the other order, members that continue to read would seem to
  // be ahead of the log.
  const committed = await committedOffsets(admin, group, topic)
  const { begin, end } = await logBounds(admin, topic)
  for (const [partition, offset] of committed) {
    const [first = 0n, next = 0n] = [begin.get(partition), end.get(partition)]
    if (offset >= first && offset <= next) continue
    return `the group ${group} has read ${topic}/${partition} up to ${offset}, the log holds ${first} to ${next}`
  }
  return undefined
}
