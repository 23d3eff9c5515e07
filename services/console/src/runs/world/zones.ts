import type { Scheduler } from '@daybook/client'

type Schedule = Scheduler.components['schemas']['Schedule']

/** A time zone whose days the scheduler ends. */
export interface Zone {
  timeZone: string
  /** The day that ends next, YYYY-MM-DD. */
  day: string
  /** When it ends, in milliseconds since 1970. */
  endsAt: number
  /** The offset from UTC at that time, in minutes. */
  offset: number
}

/** The time zone of an end-of-day schedule, in a list; an empty one when its next end is not planned. */
export function zoneOf({ timeZone, nextDay, nextFireAt, nextFireAtLocal }: Schedule): Zone[] {
  if (nextDay === undefined || nextFireAt === null) return []
  const [, sign = '+', hours = '0', minutes = '0'] =
    /([+-])(\d\d):(\d\d)/.exec(nextFireAtLocal?.slice(10) ?? '') ?? []
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  return [{ timeZone, day: nextDay, endsAt: Date.parse(nextFireAt), offset }]
}

/** The least and the greatest offset from UTC in the world, in minutes. */
export const [WEST, EAST] = [-12 * 60, 14 * 60] as const

const [MINUTE_MS, DAY_MIN] = [60_000, 1440]

/** A local date, and the offsets in which it is that date now. */
export interface DateBand {
  day: string
  from: number
  to: number
}

/**
 * The local dates that are alive, from west to east. Where one ends and the next begins it is midnight.
 * @param now in milliseconds since 1970
 */
export function dateBands(now: number): DateBand[] {
  const utc = Math.floor(now / MINUTE_MS) % DAY_MIN
  const midnights = [-utc - DAY_MIN, -utc, DAY_MIN - utc].filter(offset => offset > WEST && offset < EAST)
  const edges = [WEST, ...midnights, EAST]
  return edges.slice(0, -1).map((from, i) => {
    const to = edges[i + 1] ?? EAST
    return { day: dayAt(now, from), from, to }
  })
}

const dayAt = (now: number, offset: number) => new Date(now + offset * MINUTE_MS).toISOString().slice(0, 10)

/** Time zones whose days end at the same instant. */
export interface DayEnd {
  endsAt: number
  day: string
  zones: Zone[]
}

/** The ends of days to come, the next one first. */
export function dayEnds(zones: readonly Zone[]): DayEnd[] {
  const groups = Map.groupBy(zones, ({ endsAt, day }) => `${String(endsAt).padStart(16, '0')} ${day}`)
  return [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, of]) => ({ endsAt: of[0]?.endsAt ?? 0, day: of[0]?.day ?? '', zones: of }))
}

/** `UTC+5:30`, `UTC`, `UTC−3` */
export function offsetText(offset: number): string {
  if (offset === 0) return 'UTC'
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60]
  return `UTC${offset < 0 ? '−' : '+'}${hours}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`
}
