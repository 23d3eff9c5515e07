import { createHash } from 'node:crypto'
import type { NewMail } from './sending/mail.ts'

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

/**
 * Makes the id of an episode.
 * @param about what fails
 * @param error the normalised error; undefined for the episode of all errors that have no episode of their own
 */
export const episodeId = (about: string, error: string | undefined): string =>
  createHash('sha256')
    .update(JSON.stringify([about, error]))
    .digest('base64url')
