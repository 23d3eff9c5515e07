import type { AddressInfo } from 'node:net'
import type { Certificate } from '@daybook/shared/testing'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { Test } from 'tap'

/** A mail as an SMTP server received it. */
export interface ReceivedMail {
  /** The addresses of the SMTP commands. */
  from: string
  to: string[]
  /** The message itself. */
  message: ParsedMail
  /** Whether the connection was encrypted, and the user that had logged in. */
  secure: boolean
  user: string | undefined
}

export interface SmtpOptions {
  /** How connections are encrypted; default: not at all. */
  tls?: { from: 'first byte' | 'STARTTLS'; certificate: Certificate }
  /** The password of every user; default: every login is refused. */
  password?: string
}

/** An SMTP server that a test starts and stops. */
export interface TestSmtp {
  url: string
  mails: ReceivedMail[]
  /** How many messages have arrived, also those that the server has not answered yet. */
  messages: number
  /** The answers to addresses that the server refuses, as in `550 unknown`. */
  refusals: Map<string, string>
  /** Called when a message has arrived, before the server answers. */
  onMessage: () => Promise<void>
  stop: () => Promise<void>
  /** Starts the server again, at the same port. */
  start: () => Promise<void>
}

/** Starts an SMTP server. It needs no login. */
export async function startSmtp(t: Test, { tls, password }: SmtpOptions = {}): Promise<TestSmtp> {
  const mails: ReceivedMail[] = []
  const refusals = new Map<string, string>()
  const refusalOf = (address: string) => {
    const refusal = refusals.get(address)
    return refusal === undefined ? null : refused(refusal)
  }
  let server: SMTPServer | undefined
  let port = 0

  const smtp: TestSmtp = {
    url: '',
    mails,
    messages: 0,
    refusals,
    onMessage: async () => {},
    async start() {
      server = new SMTPServer({
        ...(tls === undefined
          ? { disabledCommands: ['STARTTLS'], allowInsecureAuth: true }
          : tls.certificate),
        secure: tls?.from === 'first byte',
        authOptional: true,
        onAuth: ({ username, password: given }, _session, answer) =>
          given === password ? answer(null, { user: username }) : answer(refused('535 wrong password')),
        onMailFrom: ({ address }, _session, answer) => answer(refusalOf(address)),
        onRcptTo: ({ address }, _session, answer) => answer(refusalOf(address)),
        onData(stream, { envelope, secure, user }, answer) {
          simpleParser(stream)
            .then(async message => {
              smtp.messages += 1
              await smtp.onMessage()
              const from = envelope.mailFrom ? envelope.mailFrom.address : ''
              const to = envelope.rcptTo.map(({ address }) => address)
              mails.push({ from, to, message, secure, user })
              answer()
            })
            .catch(answer)
        },
      })
      const listening = Promise.withResolvers<void>()
      // Later also the failures of connections, for example when a client refuses the certificate.
      server.on('error', listening.reject)
      server.listen(port, '127.0.0.1', listening.resolve)
      await listening.promise
      port = (server.server.address() as AddressInfo).port
      smtp.url = `${tls?.from === 'first byte' ? 'smtps' : 'smtp'}://127.0.0.1:${port}`
    },
    async stop() {
      const running = server
      server = undefined
      await new Promise<void>(resolve => (running === undefined ? resolve() : running.close(resolve)))
    },
  }
  await smtp.start()
  t.teardown(() => smtp.stop())
  return smtp
}

/** Makes an error for which the server answers with a code and a text. */
export function refused(answer: string): Error {
  const [code, ...words] = answer.split(' ')
  return Object.assign(new Error(words.join(' ')), { responseCode: Number(code) })
}
