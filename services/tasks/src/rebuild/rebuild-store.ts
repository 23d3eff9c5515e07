import { openRebuildLeases, type RebuildLeases } from '@daybook/shared/rebuild/lease-store'
import type { Rebuild, Rebuilding } from '@daybook/shared/rebuild/rebuild'
import type { Connection } from 'mongoose'
import { type RebuildPhase, rebuildsModel } from './rebuild-model.ts'

// The name of the only view.
const _id = 'tasks'

/** The rebuild of the view that is under way, at most one. */
export interface Rebuilds extends RebuildLeases<RebuildPhase> {
  read: () => Promise<Rebuild<RebuildPhase> | undefined>
}

export function openRebuilds(connection: Connection): Rebuilds {
  const model = rebuildsModel(connection)
  return {
    ...openRebuildLeases(model, _id),
    read: async () => (await model.findById(_id).lean<Rebuilding<RebuildPhase>>())?.rebuild,
  }
}
