import type { ConsumerOptions } from '@daybook/shared/kafka'
import { projectionGroup } from '../groups.ts'
import { projector } from '../projection/projector.ts'
import { amendWith } from '../runs/late-completions.ts'
import type { Ports } from './ports.ts'

/** The consumers of the role `projection`: one reads the events of tasks into the projection, and amends closed days. */
export function projectionConsumers(ports: Ports, wakeRuns: () => void): ConsumerOptions[] {
  const { completions, parkFor, forget } = ports
  const amend = amendWith({ ...ports, wakeRuns })
  return [projector({ completions, park: parkFor(projectionGroup), amend, forget })]
}
