import { createTransport, type NodemailerError } from 'nodemailer'
import type { Attempt, Mail, Refusal } from './mail.ts'
import { smtpRefusal } from './smtp-refusal.ts'

// Longer than a slow server needs, and shorter than the lease of a mail.
const SEND_MS = 60_000
const ANSWER_MS = 30_000
// Refusals of the login or of a connection without TLS. Settings cause them, and not the mail.
const ABOUT_SETTINGS = new Set([530, 534, 535, 538])

/** A server that takes mails. */
export interface MailServer {
  /** Tries to send a mail to the addresses that it still has to reach. */
  send: (mail: Mail, signal: AbortSignal) => Promise<Attempt>
}

interface Options {
  /** `smtp://` or `smtps://`, with user and password where the server wants a login. */
  url: string
  /** The address of the sender. */
  from: string
  /** The authorities that sign the server's certificate, PEM. undefined: those that Node trusts. */
  ca?: string | undefined
}

/** Makes the client of an SMTP server. Each mail has its own connection. */
export function smtpServer({ url, from, ca }: Options): MailServer {
  const transport = createTransport({
    url,
    ...(ca === undefined ? {} : { tls: { ca } }),
    connectionTimeout: ANSWER_MS,
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
  })
  const domain = from.slice(from.lastIndexOf('@') + 1)
  const messageId = (id: string) => `<${id}@${domain}>`

  return {
    async send(mail, signal) {
      const earlier = mail.thread === undefined ? {} : threaded(messageId(mail.thread))
      try {
        const { rejectedErrors = [] } = await transport.sendMail({
          from: plain(from),
          to: mail.to
            .filter(address => !mail.refusals.some(refusal => refusal.address === address))
            .map(plain),
          envelope: { from, to: mail.left },
          subject: mail.subject,
          text: mail.text,
          date: mail.decidedAt,
          messageId: messageId(mail._id),
          ...earlier,
          headers: { 'Auto-Submitted': 'auto-generated' },
          disableFileAccess: true,
          disableUrlAccess: true,
          signal: AbortSignal.any([signal, AbortSignal.timeout(SEND_MS)]),
        })
        return answered(rejectedErrors)
      } catch (error) {
        return failedAttempt(error as NodemailerError, mail.left)
      }
    },
  }
}

// An object, because nodemailer reads several addresses in a text.
const plain = (address: string) => ({ name: '', address })

const threaded = (messageId: string) => ({ inReplyTo: messageId, references: messageId })

function failedAttempt(error: NodemailerError, left: string[]): Attempt {
  const { rejectedErrors, message } = error
  if (rejectedErrors !== undefined) return answered(rejectedErrors)
  const isAboutMail = error.command === 'MAIL FROM' || error.command === 'DATA'
  if (!isAboutMail || !isFinal(error))
    return { result: 'away', reason: smtpRefusal(error)?.message ?? message }
  return { result: 'answered', refused: left.map(address => ({ address, reason: message })), deferred: [] }
}

function answered(errors: NodemailerError[]): Attempt {
  const refusals = (chosen: NodemailerError[]): Refusal[] =>
    chosen.map(({ recipient = '', message }) => ({ address: recipient, reason: message }))
  return {
    result: 'answered',
    refused: refusals(errors.filter(isFinal)),
    deferred: refusals(errors.filter(error => !isFinal(error))),
  }
}

/** Returns whether the server refuses the mail for good. */
const isFinal = ({ permanent = false, responseCode = 0 }: NodemailerError): boolean =>
  permanent && !ABOUT_SETTINGS.has(responseCode)
