import type { Firing } from './schedule.ts'

/** A line in a list of firings. */
export interface FiringLine {
  firing: Firing
  /** The time since the slot before, in milliseconds; undefined for the first one. */
  gapMs: number | undefined
  /** A clock change since the slot before, in words. */
  clockChange: string | undefined
  /** What a change of the definition does to the slot. */
  change: 'comes' | 'goes' | undefined
}

/**
 * Puts firings into lines.
 * @param next the firings to come
 * @param comes those of them that a change adds
 * @param goes the firings that it takes away
 */
export function firingLines(
  next: readonly Firing[],
  comes: readonly Firing[] = [],
  goes: readonly Firing[] = [],
): FiringLine[] {
  const added = new Set(comes.map(({ slot }) => slot))
  const stays = next.map((firing, i): FiringLine => {
    const before = next[i - 1]
    return {
      firing,
      gapMs: before && Date.parse(firing.slot) - Date.parse(before.slot),
      clockChange: before && clockChange(before.slotLocal, firing.slotLocal),
      change: added.has(firing.slot) ? 'comes' : undefined,
    }
  })
  const gone = goes.map(
    (firing): FiringLine => ({ firing, gapMs: undefined, clockChange: undefined, change: 'goes' }),
  )
  return [...stays, ...gone].toSorted((one, other) => (one.firing.slot < other.firing.slot ? -1 : 1))
}

function clockChange(before: string, after: string): string | undefined {
  const minutes = offsetOf(after) - offsetOf(before)
  if (minutes === 0) return undefined
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const by = [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(' ')
  return `clocks ${minutes > 0 ? 'forward' : 'back'} ${by}`
}

/** The offset from UTC at the end of a local time, in minutes. */
function offsetOf(local: string): number {
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)(?::\d\d)?$/.exec(local) ?? []
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
}
