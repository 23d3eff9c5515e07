import t from 'tap'
import { conditionsOf, filterFor, inWords, stateOf } from '../../../src/jobs/list/conditions.ts'

const queryOf = (text: string) => new URLSearchParams(text)
const timeOf = (instant: string) => instant.slice(0, 10)

t.test('the conditions and the state are in the address; what means nothing is passed over', async t => {
  const query = queryOf('kind=resize&lane=&q=4711&from=yesterday&state=failed&cursor=x&view=y')
  t.strictSame(conditionsOf(query), { kind: 'resize', q: '4711' })
  t.equal(stateOf(query), 'failed')
  t.equal(stateOf(queryOf('state=ready')), undefined)
})

t.test('a command for all that match has the conditions of the list', async t => {
  t.strictSame(filterFor('retry', { kind: 'resize' }, 'failed'), { kind: 'resize', state: 'failed' })
  t.strictSame(filterFor('retry', { lane: 'mail' }, undefined), { lane: 'mail' })
  t.strictSame(filterFor('cancel', {}, 'waiting'), { state: 'waiting' })
})

t.test('a command that can do nothing, or would be about all jobs, is not offered', async t => {
  t.equal(filterFor('retry', { kind: 'resize' }, 'waiting'), undefined)
  t.equal(filterFor('retry', { kind: 'resize' }, 'succeeded'), undefined)
  t.equal(filterFor('cancel', { kind: 'resize' }, 'failed'), undefined)
  t.equal(filterFor('cancel', {}, undefined), undefined)
})

t.test('a filter is told in words', async t => {
  t.equal(inWords({}, ['failed'], timeOf), 'jobs that failed')
  t.equal(
    inWords({ kind: 'resize', from: '2026-11-27T10:00:00.000Z' }, ['failed', 'cancelled', 'expired'], timeOf),
    'jobs that failed or were cancelled or expired, of the kind resize, added since 2026-11-27',
  )
  t.equal(
    inWords({ lane: 'mail', q: 'ECONN' }, ['waiting'], timeOf),
    'jobs that wait, of the lane mail, with "ECONN" at the beginning of the id or in the error',
  )
})
