import type { ErrorObject } from 'ajv'
import { TIME_ZONE_FAULT } from '../time/days.ts'

const formatTexts: Record<string, string> = {
  date: 'must be a date, as in 2026-11-22',
  'date-time': 'must be an instant in RFC 3339, as in 2026-11-22T13:03:00.123Z',
  'elapsed-time':
    'must be a duration of whole seconds in days, hours, minutes and seconds, as in PT15M or P1DT12H',
  'elapsed-time-or-none':
    'must be none, or a duration of whole seconds in days, hours, minutes and seconds, as in PT15M',
  'time-zone': TIME_ZONE_FAULT,
  email: 'must be an e-mail address',
  'mail-address': 'must be a plain e-mail address, as in ops@example.org',
  uri: 'must be a URL',
  uuid: 'must be a UUID',
  'well-formed': 'must not hold half of a surrogate pair',
}

/** Explains a validation error, so that the sender can correct the value. */
export function explain({ keyword, params, message = 'is not valid', parentSchema }: ErrorObject): string {
  switch (keyword) {
    case 'enum':
      return `must be one of: ${params.allowedValues.join(', ')}`
    case 'discriminator':
      return `must be one of: ${tagsOf(parentSchema as Branches, params.tag).join(', ')}`
    case 'format':
      return formatTexts[params.format] ?? message
    case 'pattern':
      return params.pattern === '\\S'
        ? 'must not be blank'
        : `must be: ${parentSchema?.description ?? message}`
    case 'required':
      return 'is missing'
    case 'minProperties':
      return `must have at least ${params.limit} of: ${Object.keys(parentSchema?.properties ?? {}).join(', ')}`
    case 'additionalProperties':
      return 'is not known here'
    default:
      return message
  }
}

/** The values of the property that says which schema of `oneOf` applies. */
function tagsOf({ oneOf }: Branches, tag: string): string[] {
  return oneOf.flatMap(({ properties }) => {
    const { const: value, enum: values } = properties[tag] ?? {}
    return values ?? value ?? []
  })
}
interface Branches {
  oneOf: { properties: Record<string, { const?: string; enum?: string[] }> }[]
}
