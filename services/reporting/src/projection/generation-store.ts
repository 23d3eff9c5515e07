import { openRebuildLeases, type RebuildLeases } from '@daybook/shared/rebuild/lease-store'
import type { Rebuilding } from '@daybook/shared/rebuild/rebuild'
import type { Connection, Model } from 'mongoose'
import { type Projection, projectionModel, type RebuildPhase } from './generation-model.ts'

// The name of the only projection.
const _id = 'completions'

/** The generations of the projection, and the rebuild that is under way. At most one is. */
export interface Generations extends RebuildLeases<RebuildPhase> {
  /** The number of the live generation, and the rebuild that is under way, if there is one. */
  read: () => Promise<Pick<Projection, 'generation' | 'rebuild'>>
  /** The generation for which barriers wait, if there is one. */
  joining: () => Promise<number | undefined>
}

export function openGenerations(connection: Connection): Generations {
  const projections = projectionModel(connection)
  const read = async () => (await projections.findById(_id).lean<Projection>()) ?? undefined
  const rebuilds = projections as unknown as Model<Rebuilding<RebuildPhase>>
  return {
    ...openRebuildLeases(rebuilds, _id, {
      first: { generation: 0 },
      at: ({ generation }, phase) => (phase === 'amending' ? { generation } : {}),
    }),
    read: async () => (await read()) ?? { generation: 0 },
    async joining() {
      const { rebuild } = (await read()) ?? {}
      return rebuild?.phase === 'joining' || rebuild?.phase === 'swapping' ? rebuild.generation : undefined
    },
  }
}
