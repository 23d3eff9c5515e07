import { Ajv, type AnySchemaObject, type ErrorObject, type Options, type ValidateFunction } from 'ajv'
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

/** Makes a JSON Schema validator that reports all errors and knows Daybook's formats, and `discriminator` of OpenAPI. */
export function makeAjv(options: Options = {}): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    discriminator: true,
    formats,
    ...options,
  })
  return addFormats.default(ajv)
}

const common = makeAjv()

/**
 * Makes a validator of a schema. It compiles the schema at its first call, because that takes milliseconds, and a process
 * knows far more schemas than it uses.
 * @param ajv compiles the schema; default: one without options
 * @returns a function that returns the errors of a value, none if it is valid
 */
export function validatorOf(schema: AnySchemaObject, ajv = common): (value: unknown) => ErrorObject[] {
  let validate: ValidateFunction | undefined
  return value => {
    validate ??= ajv.compile(schema)
    return validate(value) ? [] : (validate.errors ?? [])
  }
}

/** Says in one text what is wrong with a value. @param name how the text calls the value */
export const errorsText = (errors: ErrorObject[], name: string): string =>
  common.errorsText(errors, { dataVar: name })
