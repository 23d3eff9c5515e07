import { isDeepStrictEqual } from 'node:util'
import type { Task } from '../task.ts'

/** How the live view differs from the events in one task. */
export interface Difference {
  taskId: string
  userId: string
  /** `missing`: only the events have it; `extra`: only the view has it; `changed`: in some fields. */
  kind: 'missing' | 'extra' | 'changed'
  /** The fields that differ; none unless it is changed. */
  fields: string[]
}

/** @returns how a task of the live view differs from what its events make; undefined if it does not */
export function differenceOf(live: Task | undefined, rebuilt: Task | undefined): Difference | undefined {
  const known = rebuilt ?? live
  if (known === undefined) return undefined
  const { id: taskId, userId } = known
  if (live === undefined) return { taskId, userId, kind: 'missing', fields: [] }
  if (rebuilt === undefined) return { taskId, userId, kind: 'extra', fields: [] }
  const fields = differingFields(live, rebuilt)
  return fields.length > 0 ? { taskId, userId, kind: 'changed', fields } : undefined
}

function differingFields(a: object, b: object): string[] {
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].filter(name => !isDeepStrictEqual(one[name], other[name])).sort()
}

/** Counts differences, and keeps the first ones: there may be millions. */
export interface Differences {
  add: (difference: Difference) => void
  count: () => number
  /** The differences by task, with a last line that counts them. */
  text: () => string
}

const MOST_LINES = 1000

export function collectDifferences(): Differences {
  const first: Difference[] = []
  const counts = { missing: 0, extra: 0, changed: 0 }
  const count = () => counts.missing + counts.extra + counts.changed
  return {
    add(difference) {
      counts[difference.kind] += 1
      if (first.length < MOST_LINES) first.push(difference)
    },
    count,
    text() {
      const more = count() - first.length
      const lines = [...first.map(lineOf), ...(more > 0 ? [`and ${more} more tasks`] : [])]
      return [...lines, totalsText(count(), counts)].join('\n')
    },
  }
}

/** Without the text of the task. */
const lineOf = ({ taskId, userId, kind, fields }: Difference) =>
  `${taskId} of ${userId}: ${kind}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}`

function totalsText(count: number, counts: Record<Difference['kind'], number>): string {
  if (count === 0) return 'The live view has no difference.'
  const kinds = Object.entries(counts).filter(([, of]) => of > 0)
  return `${count} tasks differ. In the live view ${kinds.map(([kind, of]) => `${of} ${kind}`).join(', ')}.`
}
