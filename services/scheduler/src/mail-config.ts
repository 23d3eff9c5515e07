import { readCertificate } from '@daybook/shared/config/pem'
import { isMailAddress } from '@daybook/shared/validation/mail-address'
import { type Static, type TObject, Type } from 'typebox'

/** The settings of mails about failures. */
export const mailSettings = {
  SMTP_URL: Type.Optional(
    Type.String({
      pattern: '^smtps?://[^\\s/]+',
      description:
        'The SMTP server that takes mails about failures: `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. If not set, mails are logged',
    }),
  ),
  SMTP_TLS_CA: Type.Optional(
    Type.String({
      description:
        "Certificates (PEM) of the authorities that sign the SMTP server's certificate; if not set, the authorities that Node trusts",
    }),
  ),
  MAIL_FROM: Type.Optional(
    Type.String({ description: 'The address from which mails are sent; needed with SMTP_URL' }),
  ),
  MAIL_TO: Type.Optional(
    Type.String({
      description:
        'The addresses of the operators, separated by commas. They get all mails except those about kinds of jobs that name addresses of their own',
    }),
  ),
  MAILS_PER_HOUR: Type.Integer({
    default: 60,
    minimum: 1,
    maximum: 10_000,
    description: 'The largest number of mails in any hour, over all processes. Further mails wait',
  }),
  MAILS_PER_HOUR_TO_SAME: Type.Integer({
    default: 20,
    minimum: 1,
    maximum: 10_000,
    description: 'The largest number of mails to the same addresses in any hour, over all processes',
  }),
  MAIL_RETENTION_DAYS: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 36_500,
    description: 'How many days a mail stays in MongoDB after it was sent',
  }),
}

/**
 * Finds the problems of the settings of mails that a schema cannot find.
 * @returns the problems, as `<names>: <what to do>`
 */
export function mailProblems(all: Partial<Static<TObject<typeof mailSettings>>>): string[] {
  const { SMTP_URL: url = '', SMTP_TLS_CA: ca, MAIL_FROM: from, MAIL_TO: to } = all
  const lists = { MAIL_FROM: from === undefined ? [] : [from], MAIL_TO: to === undefined ? [] : names(to) }
  const wrong = Object.entries(lists).flatMap(([name, list]) =>
    list
      .filter(address => !isMailAddress(address))
      .map(address => `${name}: "${address}" is not a plain mail address, as in ops@example.org`),
  )
  const isUrl = url === '' || URL.canParse(url)
  return [
    ...(isUrl ? [] : ['SMTP_URL: must be a URL; encode special characters of user and password as %XX']),
    ...(url !== '' && from === undefined ? ['MAIL_FROM: must be set together with SMTP_URL'] : []),
    ...(ca === undefined || readCertificate(ca) ? [] : ['SMTP_TLS_CA: must be a certificate in PEM']),
    ...wrong,
  ]
}

/** The parts of a list that are separated by commas. */
export const names = (list: string): string[] => list.split(',').map(name => name.trim())
