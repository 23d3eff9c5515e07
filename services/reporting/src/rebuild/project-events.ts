import type { KafkaPort } from '@daybook/shared/kafka'
import { rebuildGroup } from '../groups.ts'
import type { Completions } from '../projection/completion-store.ts'
import { type Amend, projector } from '../projection/projector.ts'

interface Projecting {
  kafka: Pick<KafkaPort, 'consume'>
  generation: number
  completions: Pick<Completions, 'apply' | 'eraseTasks' | 'daysOf'>
  amend: Amend
  /** Called for each record and batch that is no event. */
  onUnreadable: () => void
}

/**
 * Starts the consumer of a rebuild: it projects the events from where the rebuild is. It parks nothing, because what it cannot read
 * is a dead letter of the projection's own group.
 * @returns stops it. It resolves when what is handled is committed, and can be called again
 */
export async function projectEvents(projecting: Projecting): Promise<{ stop: () => Promise<void> }> {
  const { kafka, generation, onUnreadable } = projecting
  const park = async () => onUnreadable()
  const consumer = await kafka.consume({
    ...projector({ ...projecting, park }),
    group: rebuildGroup(generation),
    skipUndecodable: onUnreadable,
  })
  let stopped: Promise<void> | undefined
  return {
    stop() {
      stopped ??= consumer.stop()
      return stopped
    },
  }
}
