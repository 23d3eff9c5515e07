import type { Logger } from 'pino'
import { type Attempt, afterAttempt, type Mail, type Progress } from './mail.ts'
import type { Mails } from './mail-store.ts'
import type { MailServer } from './smtp.ts'

// Longer than an attempt takes. After a crash the mail is sent again when it has passed.
const LEASE_MS = 120_000

/** What sending needs. */
export interface SendDeps {
  mails: Mails
  /** undefined: mails are logged instead. */
  server: MailServer | undefined
  log: Logger
  now: () => Date
  /** Counts a mail that has ended, by its state. */
  count: (outcome: string) => void
}

/**
 * Makes the function that sends the next mail of the outbox. Without a server, or without an address to send it to, the mail
 * is logged. The function returns `next` when another mail may be sent at once, `none` when none waits for an attempt, and
 * `away` when the server is away.
 */
export function mailSender({
  mails,
  server,
  log,
  now,
  count,
}: SendDeps): (signal: AbortSignal) => Promise<'next' | 'none' | 'away'> {
  const waits = waitingLog(log)

  async function attempt(mail: Mail, signal: AbortSignal): Promise<Attempt> {
    if (server !== undefined && mail.left.length > 0) return server.send(mail, signal)
    const message = `a mail has nowhere to go: set ${server === undefined ? 'SMTP_URL' : 'MAIL_TO'}`
    log.warn({ code: 'DAYBOOK_MAIL_LOGGED', ...content(mail) }, message)
    return { result: 'logged' }
  }

  return async signal => {
    const mail = await mails.claim(now(), LEASE_MS)
    if (mail === undefined) return 'none'
    const ended = await attempt(mail, signal)
    const progress = afterAttempt(mail, ended, now())
    if (!signal.aborted) waits(ended)
    logRefusals(log, mail, progress)
    await mails.settle(mail, progress)
    if (progress.endedAt !== undefined) count(progress.state)
    return ended.result === 'away' ? 'away' : 'next'
  }
}

const content = ({ _id: mail, to, subject, text }: Mail) => ({ mail, to, subject, text })

/** Logs the addresses that an attempt found refused. The line has the text of the mail, which would be lost otherwise. */
function logRefusals(log: Logger, mail: Mail, { refusals }: Progress): void {
  const found = refusals.slice(mail.attempts === 0 ? 0 : mail.refusals.length)
  if (found.length === 0) return
  const addresses = found.map(({ address }) => address).join(', ')
  const fields = { code: 'DAYBOOK_MAIL_REFUSED', refused: found, ...content(mail) }
  log.error(fields, `a mail does not reach ${addresses}: ${found[0]?.reason}`)
}

/** Makes a function that logs once that mails wait for the server, again when the reason changes, and when the wait is over. */
function waitingLog(log: Logger): (attempt: Attempt) => void {
  let logged: string | undefined
  return attempt => {
    if (attempt.result !== 'away') {
      if (logged !== undefined) log.info('the SMTP server takes mails again')
      logged = undefined
    } else if (attempt.reason !== logged) {
      logged = attempt.reason
      const message = `mails wait for the SMTP server, see SMTP_URL: ${attempt.reason}`
      log.warn({ code: 'DAYBOOK_MAIL_WAITING' }, message)
    }
  }
}
