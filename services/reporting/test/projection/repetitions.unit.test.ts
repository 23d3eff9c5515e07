import t from 'tap'
import type { Origin } from '../../src/projection/completion-store.ts'
import { placeText } from '../../src/projection/place.ts'
import type { UserDay } from '../../src/projection/projector.ts'
import { withoutRepetitions } from '../../src/projection/repetitions.ts'

const DAY = { userId: 'alice', day: '2026-03-10', timeZone: 'UTC' }
const ID = `${DAY.day}:task`

/** A change by version 3 of the task, read from offset 10 of partition 1. */
const CHANGE: UserDay = {
  ...DAY,
  at: { partition: 1, offset: 10n },
  document: { _id: ID, version: 3 },
}

/** Whether CHANGE counts as a repetition of what is stored. */
async function isRepetition(stored: Origin | undefined): Promise<boolean> {
  const origins = async () => new Map(stored ? [[ID, stored]] : [])
  return (await withoutRepetitions([CHANGE], { origins })).length === 0
}

t.test(
  'a repetition has a stored version that is not older, from an earlier offset of its partition',
  async t => {
    t.equal(await isRepetition({ version: 3, at: '1/9' }), true, 'the same event')
    t.equal(await isRepetition({ version: 4, at: '1/9' }), true, 'an event that a newer one has replaced')
    t.equal(await isRepetition({ version: 3, at: '1/10' }), false, 'handled again after a crash')
    t.equal(await isRepetition({ version: 4, at: '1/11' }), false, 'the newer one is not handled yet')
    t.equal(await isRepetition({ version: 2, at: '1/9' }), false, 'a newer event')
    t.equal(await isRepetition({ version: 3, at: '2/9' }), false, 'the number of partitions was changed')
    t.equal(await isRepetition({ version: 3 }), false, 'an earlier version stored it')
    t.equal(await isRepetition(undefined), false)
  },
)

t.test('places are compared as numbers, beyond what a double can hold', async t => {
  const at = { partition: 11, offset: 2n ** 60n }
  const kept = async (stored: string) => {
    const origins = async () => new Map([[ID, { version: 3, at: stored }]])
    return (await withoutRepetitions([{ ...CHANGE, at }], { origins })).length === 1
  }
  t.equal(await kept(placeText(at)), true)
  t.equal(await kept(placeText({ ...at, offset: at.offset - 1n })), false)
  t.equal(await kept('11/9'), false)
  t.equal(await kept('1/9'), true)
})

t.test('changes that no event made stay, without a query', async t => {
  const origins = async () => t.fail('it asks')
  t.strictSame(await withoutRepetitions([DAY], { origins: origins as never }), [DAY])
})

t.test('one query is for all changes, and each task is asked for once', async t => {
  const asked: string[][] = []
  async function origins(ids: string[]) {
    asked.push(ids)
    return new Map([[ID, { version: 3, at: '1/5' }]])
  }
  const other: UserDay = { ...CHANGE, document: { _id: 'other', version: 1 } }
  t.strictSame(await withoutRepetitions([CHANGE, other, DAY, CHANGE], { origins }), [other, DAY])
  t.strictSame(asked, [[ID, 'other']])
})
