import { topics } from '@daybook/shared/events'
import type { KafkaPort, Offsets } from '@daybook/shared/kafka'
import { projectionGroup, rebuildGroup } from '../groups.ts'
import type { Generations } from './generation-store.ts'

/**
 * Makes the function that asks how far the projection is: the live documents have all events of daybook.tasks before these
 * offsets. While a rebuild makes its documents the live ones, these are the offsets that the rebuild has passed too.
 */
export function projectionPosition(
  kafka: Pick<KafkaPort, 'committedOffsets'>,
  generations: Pick<Generations, 'joining'>,
): () => Promise<Offsets> {
  const passedBy = (group: string) => kafka.committedOffsets(group, topics.tasks.name)
  return async () => {
    const projected = await passedBy(projectionGroup)
    // Asked after the offsets. If no rebuild is joining now, none has read the position that it has to pass before it swaps, so
    // it will pass these offsets.
    const joining = await generations.joining()
    return joining === undefined ? projected : least(projected, await passedBy(rebuildGroup(joining)))
  }
}

/** The lesser offset of each partition, of those partitions that both have passed something of. */
const least = (a: Offsets, b: Offsets): Offsets =>
  new Map(
    [...a].flatMap(([partition, offset]) => {
      const other = b.get(partition)
      return other === undefined ? [] : [[partition, offset < other ? offset : other] as const]
    }),
  )
