import t from 'tap'
import type { LetterList } from '../../src/dead-letters/letter-list-store.ts'
import { manyLetters } from '../../src/dead-letters/many-letters.ts'
import type { Replay } from '../../src/dead-letters/replay.ts'

/** A letter of a partition, parked at a millisecond. */
const letter = (partition: number, offset: number, at: number) => ({
  ...{ _id: `g/t/${partition}/${offset}`, group: 'g', topic: 't', partition, offset: String(offset) },
  parkedAt: new Date(at),
})
type Letter = ReturnType<typeof letter>

/** Makes the commands for letters in memory. @param handle says whether a letter is handled, and so removed */
function makeMany(letters: Letter[], handle: (id: string) => boolean) {
  const left = letters.toSorted(
    (a, b) => a.parkedAt.getTime() - b.parkedAt.getTime() || (a._id < b._id ? -1 : 1),
  )
  const page = async (_: unknown, { after, limit }: Parameters<LetterList['page']>[1]) => {
    const isBehind = ({ parkedAt, _id }: Letter) =>
      after === undefined || parkedAt > after.parkedAt || (+parkedAt === +after.parkedAt && _id > after.id)
    const found = left.filter(isBehind)
    const last = found[limit - 1]
    const end = found.length > limit && last ? { parkedAt: last.parkedAt, id: last._id } : undefined
    return { letters: found.slice(0, limit), after: end }
  }
  const replay: Replay = async id => {
    if (!handle(id)) return { id, result: 'failed', error: 'bad again' }
    left.splice(
      left.findIndex(({ _id }) => _id === id),
      1,
    )
    return { id, result: 'handled' }
  }
  const list = { page } as unknown as LetterList
  const many = manyLetters({ list, claims: undefined as never, replay })
  return { left, many }
}

const filter = { groups: new Map([['g', 't']]) }

t.test(
  'a replay in requests that end early handles each letter once, those of a partition in order',
  async t => {
    const letters = [letter(0, 9, 1), letter(0, 10, 1), letter(1, 5, 1), letter(1, 6, 2), letter(0, 11, 3)]
    const seen: string[] = []
    const { left, many } = makeMany([...letters, letter(1, 7, 4), letter(0, 12, 5)], id => {
      seen.push(id)
      return id !== 'g/t/1/6'
    })
    let [after, requests]: [Awaited<ReturnType<typeof many.replay>>['after'], number] = [undefined, 0]
    do {
      const end = seen.length + 2
      const request = { after, limit: 4, dryRun: false, isOver: () => seen.length >= end }
      const done = await many.replay(filter, request)
      after = done.after
      requests += 1
    } while (after !== undefined && requests < 20)
    const ofPartition = (partition: number) => seen.filter(id => id.startsWith(`g/t/${partition}/`))
    t.strictSame(ofPartition(0), ['g/t/0/9', 'g/t/0/10', 'g/t/0/11', 'g/t/0/12'])
    t.strictSame(ofPartition(1), ['g/t/1/5', 'g/t/1/6', 'g/t/1/7'])
    t.strictSame(
      left.map(({ _id }) => _id),
      ['g/t/1/6'],
    )
    t.equal(requests, 4)
  },
)

t.test('a request that ends before its first letter is repeated from its beginning', async t => {
  const { many } = makeMany([letter(0, 1, 7), letter(0, 2, 7)], () => true)
  const ended = { after: undefined, limit: 1, dryRun: false, isOver: () => true }
  const first = await many.replay(filter, ended)
  t.strictSame(first.results, [{ id: 'g/t/0/1', result: 'skipped', reason: 'interrupted' }])
  const again = await many.replay(filter, { ...ended, after: first.after })
  t.strictSame(again, first)
  const rest = await many.replay(filter, { ...ended, after: again.after, limit: 5, isOver: () => false })
  t.match(rest, { results: [{ id: 'g/t/0/1' }, { id: 'g/t/0/2' }], after: undefined })
})
