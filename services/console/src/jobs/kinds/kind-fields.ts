import type { Scheduler } from '@daybook/client'

/** The rules of a kind, as the fields of a form, which are texts. */

export type Kind = Scheduler.components['schemas']['Kind']
export type Definition = Kind['definition']

/** The fields that are texts, with what a person reads beside them. */
export const textFields = [
  { name: 'lane', label: 'Lane', help: 'default: default' },
  { name: 'attempts', label: 'Failures until a job fails', help: 'default: 10' },
  { name: 'timeout', label: 'Longest run', help: 'as PT5M (the default), or none' },
  { name: 'expires', label: 'Expires after', help: 'as P1D; default: never' },
  { name: 'inFlight', label: 'In hand at once', help: 'default: no limit' },
  { name: 'perKey', label: 'In hand at once of one key', help: 'default: no limit' },
  { name: 'rateLimit', label: 'Starts', help: 'default: no limit' },
  { name: 'ratePer', label: 'within', help: 'as PT1M' },
  { name: 'rateBurst', label: 'of these at once', help: 'default: 1' },
  { name: 'limits', label: 'Shared limits', help: 'names, with commas between them' },
  { name: 'mailTo', label: 'Mails about failures to', help: 'addresses, with commas between them' },
] as const

export type TextField = (typeof textFields)[number]['name']
export type Fields = Record<TextField, string> & { paused: boolean; strict: boolean }

/** The fields of a definition. A rule that is not given is an empty text. */
export function fieldsOf({ rate, limits, mailTo, paused, claim, ...rules }: Definition): Fields {
  const text = (value: string | number | undefined) => (value === undefined ? '' : String(value))
  return {
    lane: text(rules.lane),
    attempts: text(rules.attempts),
    timeout: text(rules.timeout),
    expires: text(rules.expires),
    inFlight: text(rules.inFlight),
    perKey: text(rules.perKey),
    rateLimit: text(rate?.limit),
    ratePer: text(rate?.per),
    rateBurst: text(rate?.burst),
    limits: (limits ?? []).join(', '),
    mailTo: (mailTo ?? []).join(', '),
    paused: paused === true,
    strict: claim === 'strict',
  }
}

/**
 * The definition that a form describes. Rules that the form does not show stay as they are.
 * @param before the definition that the form began with
 */
export function definitionOf(fields: Fields, before: Definition): Definition {
  const own = new Set([
    'lane',
    'attempts',
    'timeout',
    'expires',
    'inFlight',
    'perKey',
    'rate',
    'limits',
    'mailTo',
    'paused',
    'claim',
  ])
  const others = Object.fromEntries(Object.entries(before).filter(([name]) => !own.has(name)))
  const { rateLimit, ratePer, rateBurst } = fields
  const hasRate = [rateLimit, ratePer, rateBurst].some(text => text.trim() !== '')
  // A window belongs to its rate.
  const window = before.rate?.window === undefined ? {} : { window: before.rate.window }
  const rate = {
    ...numberOf('limit', rateLimit),
    ...textOf('per', ratePer),
    ...numberOf('burst', rateBurst),
    ...window,
  }
  return {
    ...others,
    ...textOf('lane', fields.lane),
    ...numberOf('attempts', fields.attempts),
    ...textOf('timeout', fields.timeout),
    ...textOf('expires', fields.expires),
    ...numberOf('inFlight', fields.inFlight),
    ...numberOf('perKey', fields.perKey),
    ...(hasRate ? { rate } : {}),
    ...listOf('limits', fields.limits),
    ...listOf('mailTo', fields.mailTo),
    ...(fields.paused ? { paused: true } : {}),
    ...(fields.strict ? { claim: 'strict' } : {}),
  } as Definition
}

const textOf = (name: string, text: string) => (text.trim() === '' ? {} : { [name]: text.trim() })

/** A text that is no number is sent as it is: the scheduler says what is wrong with it. */
const numberOf = (name: string, text: string) =>
  text.trim() === '' ? {} : { [name]: Number.isNaN(Number(text)) ? text : Number(text) }

function listOf(name: string, text: string) {
  const items = text
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')
  return items.length === 0 ? {} : { [name]: items }
}

/** Says what limits a kind, or several that share a limit: "100 in PT1M, 8 at once". */
export function limitText({ rate, inFlight, perKey, limits = [] }: Definition): string {
  const parts = [
    rate && `${rate.limit} in ${rate.per}${(rate.burst ?? 1) > 1 ? `, ${rate.burst} of them at once` : ''}`,
    inFlight && `${inFlight} in hand`,
    perKey && `${perKey} in hand of one key`,
    ...limits.map(name => `the limit ${name}`),
  ]
  return parts.filter(Boolean).join('; ') || 'none'
}
