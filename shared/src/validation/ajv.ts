import { Ajv, type Options } from 'ajv'
import addFormats from 'ajv-formats'
import { canonicalTimeZone } from '../time/days.ts'
import { durationMs } from '../time/duration.ts'
import { isMailAddress } from './mail-address.ts'

/** The formats of Daybook's schemas besides those of JSON Schema. */
export const formats = {
  // These formats describe a text in the OpenAPI documents. The code that parses the text checks it, with better messages.
  cron: true as const,
  cursor: true as const,
  'entity-tags': true as const,
  /** The name of a time zone in the IANA database. */
  'time-zone': (text: string) => canonicalTimeZone(text) !== undefined,
  /** A duration, see `durationMs`. */
  'elapsed-time': (text: string) => durationMs(text) !== undefined,
  /** A duration, or `none`. */
  'elapsed-time-or-none': (text: string) => text === 'none' || durationMs(text) !== undefined,
  /** A plain mail address, to which mails are sent. The format `email` allows quotes and comments. */
  'mail-address': isMailAddress,
  /** Text without lone surrogates. UTF-8 would replace each with U+FFFD, and two different texts would become equal. */
  'well-formed': (text: string) => text.isWellFormed(),
}

/** Makes a JSON Schema validator that reports all errors and knows Daybook's formats. */
export function makeAjv(options: Options = {}): Ajv {
  const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, formats, ...options })
  return addFormats.default(ajv)
}
