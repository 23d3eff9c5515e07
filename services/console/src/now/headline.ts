import type { Tone } from '../elements/mark.tsx'
import { referenceLink, type ServiceAlarm } from './alarm-link.ts'
import { type PartNow, titles } from './parts-now.ts'

/** The first line of the page: whether anything is wrong, and what is worst. */
export interface Headline {
  tone: Tone
  text: string
  /** The page to look at. */
  to?: string | undefined
}

// A group that keeps up is seconds behind at most.
const BEHIND_SECONDS = 60

interface Seen {
  parts: readonly PartNow[]
  alarms: readonly ServiceAlarm[]
  /** What could not be looked for. */
  unknown: readonly string[]
}

/** Returns the worst that is seen, in one sentence. It says "All well" only when everything was seen. */
export function headlineOf({ parts, alarms, unknown }: Seen): Headline {
  return (
    unanswered(parts) ??
    alarmed(alarms, 'critical') ??
    unready(parts) ??
    behind(parts) ??
    alarmed(alarms, 'warning') ??
    unseen(parts, unknown) ?? { tone: 'good', text: 'All well.' }
  )
}

function unanswered(parts: readonly PartNow[]): Headline | undefined {
  const away = parts.filter(({ state }) => state === 'no answer')
  const [first] = away
  if (first === undefined) return undefined
  if (first.name === 'gateway')
    return { tone: 'bad', text: 'Daybook cannot be reached, so nothing else is known.' }
  const names = away.map(({ name }) => titles[name]).join(', ')
  const text = `${names} ${away.length === 1 ? 'does' : 'do'} not answer.`
  return { tone: 'bad', text, to: `/now/${first.name}` }
}

function alarmed(alarms: readonly ServiceAlarm[], severity: ServiceAlarm['severity']): Headline | undefined {
  const [worst] = alarms.filter(one => one.severity === severity)
  if (worst === undefined) return undefined
  const more = alarms.length - 1
  const others = more === 0 ? '' : ` And ${more} more ${more === 1 ? 'alarm' : 'alarms'}.`
  const [reference] = worst.references
  return {
    tone: severity === 'critical' ? 'bad' : 'warning',
    text: `${worst.problem.replace(/\.$/, '')}.${others}`,
    to: reference && referenceLink(reference, worst).to,
  }
}

function unready(parts: readonly PartNow[]): Headline | undefined {
  const part = parts.find(({ state, lags }) => state === 'not ready' || lags?.some(({ trouble }) => trouble))
  if (part === undefined) return undefined
  const [trouble] = Object.entries(part.troubles)
  const group = part.lags?.find(one => one.trouble !== undefined)
  const why = trouble?.join(': ') ?? (group && `${group.group}: ${group.trouble}`) ?? 'it does not say why'
  return { tone: 'bad', text: `${titles[part.name]} is not ready: ${why}.`, to: `/now/${part.name}` }
}

function behind(parts: readonly PartNow[]): Headline | undefined {
  const late = parts
    .flatMap(({ name, lags = [] }) => lags.map(lag => ({ name, ...lag })))
    .filter(({ seconds = 0 }) => seconds > BEHIND_SECONDS)
    .toSorted((one, other) => (other.seconds ?? 0) - (one.seconds ?? 0))
  const [worst] = late
  if (worst === undefined) return undefined
  const text = `The consumer group ${worst.group} is ${worst.seconds} s behind.`
  return { tone: 'warning', text, to: `/now/${worst.name}` }
}

function unseen(parts: readonly PartNow[], unknown: readonly string[]): Headline | undefined {
  const names = parts.filter(({ state }) => state === 'unknown').map(({ name }) => titles[name])
  if (names.length > 0)
    return { tone: 'idle', text: `Nothing wrong is known. Not known yet: ${names.join(', ')}.` }
  if (unknown.length === 0) return undefined
  return {
    tone: 'idle',
    text: `Nothing wrong is known, but not all alarms could be looked for: ${unknown.join(', ')}.`,
  }
}
