import { Ajv, type Options } from 'ajv'
import addFormats from 'ajv-formats'
import { canonicalTimeZone } from '../time/days.ts'
import { durationMs } from '../time/duration.ts'

/** The formats of our schemas beside those of JSON Schema. */
export const formats = {
  // These say in the OpenAPI documents what a text is. The service that reads it checks it, and says more about a fault.
  cron: true as const,
  cursor: true as const,
  'entity-tags': true as const,
  /** A time zone by one of its names in the IANA database. */
  'time-zone': (text: string) => canonicalTimeZone(text) !== undefined,
  /** A length of elapsed time. */
  'elapsed-time': (text: string) => durationMs(text) !== undefined,
  /** Text without lone surrogates, which UTF-8 cannot hold: they would become U+FFFD, and two texts one. */
  'well-formed': (text: string) => text.isWellFormed(),
}

/** A JSON Schema validator that reports all errors and knows our formats. */
export function makeAjv(options: Options = {}): Ajv {
  const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, formats, ...options })
  return addFormats.default(ajv)
}
