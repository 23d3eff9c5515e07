import type { CapStore } from './cap-store.ts'
import { addressesKey, type Caps, HOUR_MS } from './caps.ts'
import { held, withMail, withoutMail } from './change-episode.ts'
import { dueMail, firstMailId, nextMailId, timed } from './due-mail.ts'
import type { Episode } from './episode.ts'
import type { Episodes } from './episode-store.ts'
import { mailText } from './mail-text.ts'
import type { NewMail } from './sending/mail.ts'
import type { Mails } from './sending/mail-store.ts'

/** How many episodes one turn handles at most. */
export const MAX_DUE = 100

/** What deciding needs. */
export interface DecideDeps {
  episodes: Episodes
  mails: Pick<Mails, 'put'>
  places: CapStore
  caps: Caps
  now: () => Date
}

/**
 * Decides the mails that are due, and stores them in the outbox. The episode's document decides: it takes the mail and the
 * counts that the mail tells in one write, over the version that was read. After a crash the next turn of any process finds
 * the mail there and stores it in the outbox; it has its id already, so it is stored once.
 * @returns how many episodes it handled; MAX_DUE when there may be more
 */
export async function decideMails(deps: DecideDeps): Promise<number> {
  const due = await deps.episodes.due(deps.now(), MAX_DUE)
  for (const episode of due) {
    if (episode.mail === undefined) await decideMail(deps, episode)
    else await storeMail(deps, episode, episode.mail)
  }
  return due.length
}

async function decideMail(deps: DecideDeps, episode: Episode): Promise<void> {
  const { episodes, places, caps } = deps
  const [now, _id] = [deps.now(), nextMailId(episode)]
  const occasion = dueMail(episode, now)
  if (occasion === undefined) {
    if (episode.count === 0) await episodes.remove(episode)
    else await episodes.replace(episode, timed(episode))
    return
  }
  // The place is taken first. If another process decides the same mail, or this one ends here and the mail is decided later,
  // the mail has the same id and so the same place.
  const taken = await places.take({ mail: _id, to: addressesKey(episode.to) }, caps, now)
  if ('freeAt' in taken) {
    await episodes.replace(episode, held(episode, taken.freeAt))
    return
  }
  const cappedUntil = taken.isLast ? new Date((taken.places[0]?.at ?? now).getTime() + HOUR_MS) : undefined
  const thread = firstMailId(episode)
  const mail = {
    _id,
    to: episode.to,
    ...mailText(episode, occasion, cappedUntil),
    decidedAt: now,
    ...(thread === undefined ? {} : { thread }),
  }
  const decided = withMail(episode, occasion, mail)
  if (await episodes.replace(episode, decided))
    await storeMail(deps, { ...decided, version: episode.version + 1 }, mail)
}

/** Stores a decided mail in the outbox. If the episode has changed meanwhile, the next turn does it again. */
async function storeMail({ episodes, mails }: DecideDeps, episode: Episode, mail: NewMail): Promise<void> {
  await mails.put(mail)
  if (episode.count === 0) await episodes.remove(episode)
  else await episodes.replace(episode, withoutMail(episode))
}
