import type { Completions } from './completion-store.ts'
import { isEarlier } from './place.ts'
import type { UserDay } from './projector.ts'

/**
 * Leaves out the changes of repeated events: the projection has this version or a newer one from an earlier offset of the same
 * partition. Events of a partition are handled in order, so what is stored from an earlier offset has been looked for in closed
 * days. An event that is handled again after a crash has the offset that is stored, so it stays.
 * @param changes must be written to the projection; those that no event made stay
 */
export async function withoutRepetitions(
  changes: UserDay[],
  completions: Pick<Completions, 'origins'>,
): Promise<UserDay[]> {
  const ids = changes.flatMap(({ document }) => document?._id ?? [])
  if (ids.length === 0) return changes
  const origins = await completions.origins([...new Set(ids)])
  return changes.filter(({ at, document }) => {
    if (at === undefined || document === undefined) return true
    const { version = 0, at: first } = origins.get(document._id) ?? {}
    return version < document.version || first === undefined || !isEarlier(first, at)
  })
}
