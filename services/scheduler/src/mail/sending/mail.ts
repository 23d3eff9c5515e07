import { boundedText } from '@daybook/shared/failures/bounded-text'
import { isMailAddress } from '@daybook/shared/validation/mail-address'

/** A mail as it was decided. */
export interface NewMail {
  /** Makes the Message-ID too, so every attempt to send the mail has the same one. */
  _id: string
  to: string[]
  subject: string
  text: string
  decidedAt: Date
  /** The id of the first mail about the same failures: mail programs show them together. */
  thread?: string
}

/** An address that does not get a mail, and why. */
export interface Refusal {
  address: string
  reason: string
}

/** A mail in the outbox. */
export interface Mail extends NewMail {
  state: 'waiting' | 'sent' | 'refused' | 'logged'
  /** The addresses that the mail still has to reach. */
  left: string[]
  attempts: number
  /** When the mail may be sent next; absent when it has ended. While a process sends it, the end of that process's lease. */
  nextAt?: Date
  /** The lease of the process that sends the mail. */
  claim?: string
  /** Why the last attempt did not succeed. */
  trouble?: string
  refusals: Refusal[]
  endedAt?: Date
}

/**
 * How an attempt ended. `answered`: the server took the mail for all addresses but these. `away`: the server cannot be used, so
 * nothing is known about the addresses. `logged`: the mail was written to the log instead.
 */
export type Attempt =
  | { result: 'answered'; refused: Refusal[]; deferred: Refusal[] }
  | { result: 'away'; reason: string }
  | { result: 'logged' }

const FIRST_PAUSE_MS = 5000
const LONGEST_PAUSE_MS = 300_000
// RFC 5321, 4.5.4.1: a sender gives up after four or five days.
const GIVE_UP_MS = 5 * 86_400_000

/** Makes the outbox's form of a mail. Addresses that are none are refused at once, because they could change a header. */
export function waitingMail(mail: NewMail): Mail {
  const to = [...new Set(mail.to)]
  const refusals = to
    .filter(address => !isMailAddress(address))
    .map(address => ({ address: boundedText(address), reason: 'is not a mail address' }))
  return {
    ...mail,
    state: 'waiting',
    left: to.filter(isMailAddress),
    attempts: 0,
    nextAt: mail.decidedAt,
    refusals,
  }
}

/** What an attempt changes in a mail. */
export type Progress = Pick<Mail, 'state' | 'left' | 'attempts' | 'refusals'> &
  Partial<Pick<Mail, 'nextAt' | 'trouble' | 'endedAt'>>

/** Decides what becomes of a mail after an attempt to send it. An unusable server is waited for without end. */
export function afterAttempt(mail: Mail, attempt: Attempt, now: Date): Progress {
  const { left, refusals } = mail
  const attempts = mail.attempts + 1
  const again = {
    state: 'waiting',
    attempts,
    nextAt: new Date(now.getTime() + pauseAfter(attempts)),
  } as const
  if (attempt.result === 'away') return { ...again, left, refusals, trouble: boundedText(attempt.reason) }
  if (attempt.result === 'logged') return { state: 'logged', attempts, left: [], refusals, endedAt: now }
  const isTooOld = now.getTime() - mail.decidedAt.getTime() > GIVE_UP_MS
  const refused = [...attempt.refused, ...(isTooOld ? attempt.deferred : [])]
  const deferred = isTooOld ? [] : attempt.deferred
  const all = [...refusals, ...refused.map(bounded)]
  const trouble = deferred[0] && boundedText(deferred[0].reason)
  if (trouble !== undefined)
    return { ...again, left: deferred.map(({ address }) => address), refusals: all, trouble }
  const state = all.length >= new Set(mail.to).size ? 'refused' : 'sent'
  return { state, attempts, left: [], refusals: all, endedAt: now }
}

const bounded = ({ address, reason }: Refusal): Refusal => ({ address, reason: boundedText(reason) })

const pauseAfter = (attempts: number) =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 10))
