import { signal } from '@preact/signals'
import { now } from '../time/clock.ts'

/** Which parts of Daybook do not answer, as requests and the gateway's status have shown. */

export const partNames = ['gateway', 'tasks', 'reporting', 'scheduler', 'kafka', 'mongodb'] as const
export type Part = (typeof partNames)[number]

/** The parts that are away, with the instant since which each is, in milliseconds since 1970. */
export const away = signal<ReadonlyMap<Part, number>>(new Map())

/** Grows when a part is back: then what could not be read is read again. */
export const returns = signal(0)

/** Notes that a part does not answer, or answers again. */
export function notePart(part: Part, isAway: boolean): void {
  if (away.value.has(part) === isAway) return
  const next = new Map(away.value)
  if (isAway) next.set(part, now.value)
  else next.delete(part)
  away.value = next
  if (!isAway) returns.value += 1
}

const TASKS = new Set(['tasks', 'changes', 'users', 'erasures'])
const REPORTING = new Set(['days', 'runs', 'reruns', 'writer-limit'])

/** The service behind the gateway that answers a path. */
export function partOf(path: string): Part {
  const [first = '', second] = path.split('/').filter(Boolean)
  if (first === 'services' && partNames.includes(second as Part)) return second as Part
  if (['status', 'health', 'events', 'sign-in', 'ui'].includes(first)) return 'gateway'
  if (TASKS.has(first)) return 'tasks'
  return REPORTING.has(first) ? 'reporting' : 'scheduler'
}
