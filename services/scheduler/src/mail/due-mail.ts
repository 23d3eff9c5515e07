import { HOUR_MS } from './caps.ts'
import type { Episode } from './episode.ts'

/** The id of the next mail about an episode: the same for every process that decides this mail. */
export const nextMailId = ({ key, mails }: Episode): string => `${key}-${mails + 1}`

/** The id of the first mail about an episode, if there is one. */
export const firstMailId = ({ key, mails }: Episode): string | undefined =>
  mails === 0 ? undefined : `${key}-1`

export type Occasion = 'first' | 'more' | 'over'

/** Decides which mail about an episode is due; undefined when none is. */
export function dueMail(episode: Episode, now: Date): Occasion | undefined {
  const { count, told, toldAt, lastAt, recoveredAt, isSettled } = episode
  const hourAgo = now.getTime() - HOUR_MS
  if (count === 0) return undefined
  if (toldAt === undefined) return 'first'
  if (recoveredAt !== undefined && (isSettled || lastAt.getTime() <= hourAgo)) return 'over'
  return count > told && toldAt.getTime() <= hourAgo ? 'more' : undefined
}

/** Sets when the next mail of an episode is due. */
export function timed({ dueAt: _, ...episode }: Episode): Episode {
  const due = nextDue(episode)
  if (due === undefined) return episode
  const { heldUntil } = episode
  return { ...episode, dueAt: heldUntil !== undefined && heldUntil > due ? heldUntil : due }
}

function nextDue({
  mail,
  count,
  told,
  toldAt,
  firstAt,
  lastAt,
  recoveredAt,
  isSettled,
}: Episode): Date | undefined {
  if (mail !== undefined) return mail.decidedAt
  if (count === 0 || toldAt === undefined) return firstAt
  const afterHour = (instant: Date) => instant.getTime() + HOUR_MS
  const dues = [
    ...(count > told ? [afterHour(toldAt)] : []),
    ...(recoveredAt === undefined ? [] : [isSettled ? recoveredAt.getTime() : afterHour(lastAt)]),
  ]
  return dues.length === 0 ? undefined : new Date(Math.min(...dues))
}
