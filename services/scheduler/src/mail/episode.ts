import { boundedText } from '@daybook/shared/failures/bounded-text'
import { HOUR_MS } from './caps.ts'
import { firstLine } from './error-group.ts'
import type { NewMail } from './mail.ts'

/** One failure. */
export interface Incident {
  /** What fails, for people: `kind send-invoice`, `days`. Failures of the same topic and error are told together. */
  about: string
  /** The error. Its first line, without numbers, ids and quoted parts, tells errors apart. */
  error: string
  /** What failed this time, as a job id. An incident with the same subject and instant counts once. */
  subject: string
  at: Date
  /** The addresses that are told; if empty, the operators' (MAIL_TO). */
  to: string[]
  /** Where to read more. */
  link?: string
  /** More about the failure, as a stack. */
  detail?: string
}

/** A success after failures. */
export interface Recovery {
  about: string
  at: Date
  /** The failure is known to be over, so the mail about its end need not wait for an hour without failures. */
  isSettled?: boolean
}

/** Failures of one topic with one error, from the first of them until they are over. */
export interface Episode {
  /** See `episodeId`. */
  _id: string
  /** Changes with every write, so that no process overwrites what another one wrote. */
  version: number
  /** Is another one for each episode of the same id: makes the ids of its mails, see `nextMailId`. */
  key: string
  about: string
  /** The newest error, its link and detail. */
  error: string
  link?: string
  detail?: string
  to: string[]
  /** The episode takes all errors of its topic that have no episode of their own. */
  isMixed: boolean
  /** How many failures there were. 0: the episode is over, and ends when its mail is in the outbox. */
  count: number
  firstAt: Date
  lastAt: Date
  /** The newest failures, as `<instant> <subject>`. */
  recent: string[]
  /** How many of the failures are in mails. */
  told: number
  toldAt?: Date
  /** How many mails were decided. */
  mails: number
  recoveredAt?: Date
  isSettled?: boolean
  /** The caps allow no mail before this instant. */
  heldUntil?: Date
  /** When the next mail is due; absent when none is. */
  dueAt?: Date
  /** The mail that was decided and is perhaps not in the outbox yet. */
  mail?: NewMail
}

// A failure that is reported again after a crash is recognised among so many.
const MAX_RECENT = 500
const MAX_SUBJECT = 200

/**
 * Adds failures to an episode, or begins one.
 * @param incidents failures of one topic
 * @param names.key a new key, for the case that an episode begins
 * @returns undefined when the episode has all of them already
 */
export function withIncidents(
  read: Episode | undefined,
  incidents: readonly Incident[],
  names: Pick<Episode, '_id' | 'key' | 'isMixed'>,
): Episode | undefined {
  const before = read !== undefined && read.count > 0 ? read : undefined
  const known = new Set(before?.recent)
  const added = incidents.filter(incident => addTo(known, entryOf(incident)))
  const newest = added.reduce<Incident | undefined>(
    (a, b) => (a === undefined || a.at <= b.at ? b : a),
    undefined,
  )
  if (newest === undefined) return undefined
  const times = added.map(({ at }) => at.getTime())
  const { recoveredAt, isSettled, ...kept } = before ?? {}
  const lastAt = new Date(Math.max(...times, before?.lastAt.getTime() ?? 0))
  const hasRecovered = recoveredAt !== undefined && recoveredAt > lastAt
  return timed({
    ...names,
    told: 0,
    mails: 0,
    firstAt: new Date(Math.min(...times)),
    ...kept,
    ...(hasRecovered ? { recoveredAt, isSettled: isSettled === true } : {}),
    // The mail about the end of the episode before may still be on its way to the outbox.
    ...(read?.mail === undefined ? {} : { mail: read.mail }),
    version: read?.version ?? 0,
    ...shown(newest),
    count: (before?.count ?? 0) + added.length,
    lastAt,
    recent: [...(before?.recent ?? []), ...added.map(entryOf)].slice(-MAX_RECENT),
  })
}

/** Notes in an episode that its topic succeeded. Returns undefined when this says nothing new. */
export function withRecovery(read: Episode, { at, isSettled = false }: Recovery): Episode | undefined {
  const isKnown = read.recoveredAt !== undefined && (read.isSettled === true || !isSettled)
  if (read.count === 0 || at <= read.lastAt || isKnown) return undefined
  return timed({ ...read, recoveredAt: at, isSettled })
}

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

/** The episode after a mail about it was decided. */
export function withMail(read: Episode, occasion: Occasion, mail: NewMail): Episode {
  const { heldUntil: _, ...kept } = read
  const told = { ...kept, mail, mails: read.mails + 1, told: read.count, toldAt: mail.decidedAt }
  return timed(occasion === 'over' ? { ...told, count: 0 } : told)
}

/** The episode after its mail was stored in the outbox. */
export const withoutMail = ({ mail: _, ...read }: Episode): Episode => timed(read)

/** The episode whose next mail has to wait for the caps. */
export const held = (read: Episode, heldUntil: Date): Episode => timed({ ...read, heldUntil })

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

function shown({ about, error, to, link, detail }: Incident) {
  return {
    about,
    error: boundedText(firstLine(error)),
    to,
    ...(link === undefined ? {} : { link: boundedText(link) }),
    ...(detail === undefined ? {} : { detail: boundedText(detail) }),
  }
}

const entryOf = ({ subject, at }: Incident): string =>
  `${at.toISOString()} ${subject.replace(/[\s\p{C}]+/gu, ' ').slice(0, MAX_SUBJECT)}`.toWellFormed()

/** Adds an entry to a set. Returns whether the set did not have it. */
function addTo(known: Set<string>, entry: string): boolean {
  const { size } = known
  return known.add(entry).size > size
}
