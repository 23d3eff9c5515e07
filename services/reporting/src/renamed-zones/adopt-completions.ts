import { currentTimeZone } from '@daybook/shared/time/days'
import type { Amend } from '../projection/projector.ts'
import type { CompletionDay, RenamedCompletions } from './renamed-completion-store.ts'

/**
 * Moves completions from older names of time zones to the current names. A completion whose day was closed under the older
 * name was listed or found late under that name. All other completions whose day is closed under the current name are
 * amended. This happens before the move, because a crash after the move would lose the amendment. It happens again after the
 * move, because the day may have been closed in between.
 * @param closedThrough the last day that is closed under each older name
 * @param since the first day to move
 */
export async function adoptCompletions(
  closedThrough: Map<string, string>,
  since: string,
  { completions, amend }: { completions: RenamedCompletions; amend: Amend },
): Promise<void> {
  for await (const group of completions.underOlderNames(since)) {
    const others = group.filter(({ day, timeZone }) => day > (closedThrough.get(timeZone) ?? ''))
    const changes = others.map(one => ({ ...one, timeZone: currentTimeZone(one.timeZone) }))
    if (changes.length > 0) await amend(changes)
    for (const [older, ones] of Map.groupBy(group, one => one.timeZone))
      await completions.rename(
        ones.map(({ _id }) => _id),
        older,
      )
    if (changes.length > 0) await amend(changes)
  }
}

/** Amends the closed days of the given completions. */
export async function amendAll(found: AsyncIterable<CompletionDay[]>, amend: Amend): Promise<void> {
  for await (const group of found) await amend(group)
}
