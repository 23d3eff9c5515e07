import { boundedText } from '@daybook/shared/failures/bounded-text'
import { firstLine } from '@daybook/shared/failures/error-words'
import { type Occasion, timed } from './due-mail.ts'
import type { Episode, Incident, Recovery } from './episode.ts'
import type { NewMail } from './sending/mail.ts'

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
