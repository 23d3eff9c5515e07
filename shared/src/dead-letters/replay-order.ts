import type { LetterPlace } from './letter-source-store.ts'

/** What the order of a replay depends on. */
interface Placed {
  _id: string
  group: string
  topic: string
  partition: number
  offset: string
  parkedAt: Date
}

/** The letters in their order in the list, but those of each partition by their offsets: several may be parked in one millisecond. */
export function inOrder<Letter extends Placed>(letters: readonly Letter[]): Letter[] {
  const partitionOf = ({ group, topic, partition }: Placed) => `${group}/${topic}/${partition}`
  const partitions = Map.groupBy(letters.toSorted(byOffset), partitionOf)
  return letters.flatMap(letter => partitions.get(partitionOf(letter))?.shift() ?? [])
}

const byOffset = (a: Placed, b: Placed): number => Number(BigInt(a.offset) - BigInt(b.offset))

/**
 * The place before the first of some letters; undefined when there is none of them.
 * @param letters a page in the order of the list
 * @param from the place after which the page begins
 */
export function beforeFirst(
  letters: readonly Placed[],
  some: ReadonlySet<string>,
  from: LetterPlace | undefined,
): LetterPlace | undefined {
  const i = letters.findIndex(({ _id }) => some.has(_id))
  const [first, previous] = [letters[i], letters[i - 1]]
  if (first === undefined) return undefined
  if (previous !== undefined) return { parkedAt: previous.parkedAt, id: previous._id }
  return from ?? { parkedAt: new Date(first.parkedAt.getTime() - 1), id: first._id }
}
