import type { OutboxEntry } from '@daybook/shared/outbox'

// What must still be as it was read. A change of a definition changes the version.
const decidedOn = ['version', 'nextSlot', 'nextDay', 'nextFireAt'] as const
// What a firing sets. Fields that it leaves out are removed; a schedule has only those of its kind.
const next = ['nextFireAt', 'nextSlot', 'nextDay'] as const
const counts = ['fired', 'missed', 'caughtUp'] as const

/** What is recorded of one firing of a schedule. */
export interface FiringToRecord {
  name: string
  /** The schedule for which the firing was planned. */
  read: { [field in (typeof decidedOn)[number]]?: unknown }
  next: { [field in (typeof next)[number]]?: unknown }
  /** What the counts of its stats grow by. */
  tally: { [count in (typeof counts)[number]]: number }
  /** The stats of the last slot that it fires; empty if it fires none. */
  last: object
  entries: OutboxEntry[]
  /** What is added to its past firings. */
  past: object[]
}

/** How many past firings a schedule keeps. */
export const MAX_PAST_FIRINGS = 50

/** An expression with the place of the current document among firings. */
const placeIn = (firings: FiringToRecord[]) => ({
  $indexOfArray: [{ $literal: firings.map(({ name }) => name) }, '$_id'],
})

/** An expression that picks the value of the current document from those of all firings. */
const pick = (place: string, values: unknown[]) => ({ $arrayElemAt: [{ $literal: values }, place] })

/** An expression: whether the schedule of the current document is as it was read. */
export function isUnchanged(firings: FiringToRecord[]) {
  const wereRead = firings.map(({ read }) => decidedOn.map(field => read[field] ?? null))
  const are = decidedOn.map(field => ({ $ifNull: [`$${field}`, null] }))
  return { $let: { vars: { place: placeIn(firings) }, in: { $eq: [are, pick('$$place', wereRead)] } } }
}

/**
 * An update by pipeline that records in each document its firing.
 * @param tick the id that it stores as `firedIn`
 */
export function firingUpdate(firings: FiringToRecord[], tick: string) {
  const each = (value: (firing: FiringToRecord) => unknown) => pick('$place', firings.map(value))
  const orRemoved = (value: object) => ({ $ifNull: [value, '$$REMOVE'] })
  const countOf = (count: (typeof counts)[number]) => ({
    $add: [{ $ifNull: [`$stats.${count}`, 0] }, each(({ tally }) => tally[count])],
  })
  const and = (field: string, added: object) => ({ $concatArrays: [{ $ifNull: [field, []] }, added] })
  const orAbsent = (array: object) => ({ $cond: [{ $eq: [array, []] }, '$$REMOVE', array] })
  const past = each(one => one.past.slice(-MAX_PAST_FIRINGS))
  return [
    // Found once for each document, because the search compares with all names.
    { $set: { place: placeIn(firings) } },
    {
      $set: {
        ...Object.fromEntries(
          next.map(field => [field, orRemoved(each(firing => firing.next[field] ?? null))]),
        ),
        stats: {
          $mergeObjects: [
            '$stats',
            each(({ last }) => last),
            Object.fromEntries(counts.map(count => [count, countOf(count)])),
          ],
        },
        outbox: orAbsent(
          and(
            '$outbox',
            each(({ entries }) => entries),
          ),
        ),
        firings: orAbsent({ $slice: [and('$firings', past), -MAX_PAST_FIRINGS] }),
        firedIn: tick,
      },
    },
    { $unset: 'place' },
  ]
}
