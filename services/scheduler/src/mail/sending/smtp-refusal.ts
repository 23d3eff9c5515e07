import type { DaybookError } from '@daybook/shared/failures/errors'
import { refusal, type Server } from '@daybook/shared/failures/refusal'

const server: Server = {
  name: 'the SMTP server',
  rejectsLogin: ({ code }) => code === 'EAUTH',
  remedies: {
    login: 'the user and the password in SMTP_URL must be valid',
    tls: 'SMTP_TLS_CA must be the authority that signed its certificate, the certificate must name the host in SMTP_URL, and smtps:// is only for ports that expect TLS from the first byte',
  },
}

/**
 * The refusal of a login or a certificate in an error of nodemailer, see `refusal`.
 * @param error nodemailer keeps the code of Node in `originalCode`
 */
export const smtpRefusal = (error: Error & { originalCode?: unknown }): DaybookError | undefined =>
  refusal(error.originalCode === undefined ? error : withCode(error.message, error.originalCode), server)

const withCode = (message: string, code: unknown) => Object.assign(new Error(message), { code })
