import type { Admin } from 'kafkajs'
import { DaybookError } from '../failures/errors.ts'
import { committedOffsets, logBounds } from './offsets.ts'

/**
 * A group must not begin behind a loss: records that were deleted before it read them, or a log that is shorter than
 * what it has read, a topic made anew. Nobody may find that out by chance.
 * @throws DaybookError DAYBOOK_KAFKA_OFFSETS_GONE
 */
export async function refuseGap(admin: Admin, group: string, topic: string): Promise<void> {
  // Twice: retention may take records between two questions, which the group's other members had read before.
  const gap = (await gapOf(admin, group, topic)) && (await gapOf(admin, group, topic))
  if (gap === undefined) return
  throw new DaybookError(
    'DAYBOOK_KAFKA_OFFSETS_GONE',
    `${gap}: restore the topic, or reset the group's offsets`,
  )
}

async function gapOf(admin: Admin, group: string, topic: string): Promise<string | undefined> {
  // In this order: others of the group go on reading meanwhile, and may not seem to be ahead of the log.
  const committed = await committedOffsets(admin, group, topic)
  const { begin, end } = await logBounds(admin, topic)
  for (const [partition, offset] of committed) {
    const [first = 0n, next = 0n] = [begin.get(partition), end.get(partition)]
    if (offset >= first && offset <= next) continue
    return `the group ${group} has read ${topic}/${partition} up to ${offset}, the log holds ${first} to ${next}`
  }
  return undefined
}
