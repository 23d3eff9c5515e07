import { test } from 'tap'
import { placeSuspects, searchedRarely } from '../../../../src/jobs/dispatch/choice/suspects.ts'
import { makeCredit } from '../../../support/job-workers.ts'

const suspect = (id: string, rank = 0, kind = 'k') => ({
  _id: id,
  kind,
  lane: 'default',
  rank: new Date(rank),
  suspect: true,
})
const busy = (worker: string, attempts: number) =>
  makeCredit(worker, 8 - attempts, { inHand: { attempts, suspects: 0 } })
const withSuspect = (worker: string) => makeCredit(worker, 0, { inHand: { attempts: 1, suspects: 1 } })

test('a suspect goes to a worker with nothing in hand, which then gets nothing else', t => {
  const { assignments, closed } = placeSuspects([suspect('s')], [busy('a', 1), makeCredit('b', 8)])
  t.match(assignments, [{ job: { _id: 's' }, worker: 'b' }])
  t.strictSame([...closed], ['b'])
  t.end()
})

test('without an idle worker the one with the least in hand is reserved', t => {
  const { assignments, closed } = placeSuspects([suspect('s')], [busy('a', 3), busy('b', 2)])
  t.strictSame(assignments, [])
  t.strictSame([...closed], ['b'])
  t.end()
})

test('a worker that holds a suspect is closed, also when no suspect waits', t => {
  t.strictSame([...placeSuspects([], [withSuspect('a'), busy('b', 1)]).closed], ['a'])
  t.end()
})

test('suspects take at most half of the workers, the first by rank', t => {
  const idle = ['a', 'b', 'c', 'd'].map(worker => makeCredit(worker, 8))
  const { assignments } = placeSuspects([suspect('late', 3), suspect('first', 1), suspect('next', 2)], idle)
  t.strictSame(
    assignments.map(({ job }) => job._id),
    ['first', 'next'],
  )
  t.end()
})

test('the only worker of a lane runs suspects one after the other', t => {
  t.equal(placeSuspects([suspect('s'), suspect('r')], [makeCredit('a', 8)]).assignments.length, 1)
  t.strictSame(placeSuspects([suspect('r')], [withSuspect('a')]).assignments, [])
  t.end()
})

test('at most one worker of a lane is reserved, however many suspects wait', t => {
  const all = [busy('a', 3), busy('b', 2), busy('c', 4), busy('d', 5)]
  t.strictSame([...placeSuspects([suspect('s'), suspect('r')], all).closed], ['b'])
  t.end()
})

test('a suspect whose kind no worker knows reserves none', t => {
  t.equal(placeSuspects([suspect('s', 0, 'x')], [makeCredit('a', 8)]).closed.size, 0)
  t.end()
})

test('suspects are searched for in every turn while there are some, and rarely while there are none', async t => {
  let stored = ['s']
  let searches = 0
  const search = searchedRarely(async () => {
    searches += 1
    return stored
  })
  t.strictSame(await search(), ['s'])
  t.strictSame(await search(), ['s'])
  stored = []
  t.strictSame(await search(), [])
  t.strictSame(await search(), [])
  t.equal(searches, 3)
})
