import { test } from 'tap'
import { eraseLetters } from '../../src/dead-letters/erase-letters-store.ts'
import { clockEvents, endOfDayEvent, eventReader, toMessage } from '../../src/events/index.ts'
import { DaybookError } from '../../src/failures/errors.ts'
import { FaultyValue } from '../../src/failures/faulty-value.ts'
import { received } from '../support/index.ts'
import { makeLetterApi } from './make-letter-api.ts'

const faults = [{ pointer: '/timeZone', detail: 'is missing' }]
const faultsOf = ({ error }: { error: object }) => (error as { faults?: object[] }).faults

test('a letter says where its value violates the schema, until a replay fails for another reason', async t => {
  const failures = [new FaultyValue('data/day', [{ pointer: '/day', detail: 'is wrong' }]), new Error('away')]
  const { park, show, replay, list } = await makeLetterApi(t, async () => {
    throw failures.shift()
  })
  const event = endOfDayEvent('2026-11-22', 'UTC', new Date(0), 'end-of-day')
  const { timeZone: _, ...data } = event.data as { timeZone: string }
  const reading = eventReader(clockEvents)(received(toMessage({ ...event, data }, 'k')))
  const id = await park('readers', 1, { error: (reading as { error: Error }).error })
  t.strictSame(faultsOf((await show(id)).body), faults)
  t.equal(faultsOf((await list()).deadLetters[0] as { error: object }), undefined, 'lists are short')
  await replay(id)
  t.match(faultsOf((await show(id)).body), [{ pointer: '/day' }])
  await replay(id)
  t.equal(faultsOf((await show(id)).body), undefined)
})

test('the faults of a refused request are kept, few and short, also with text of a sender in a pointer', async t => {
  const { park, show } = await makeLetterApi(t)
  const long = `/${'é'.repeat(5000)}\ud800`
  const many = Array.from({ length: 100 }, () => ({ pointer: long, detail: 'x' }))
  const error = new DaybookError('DAYBOOK_REQUEST_INVALID', 'bad', { faults: many })
  const found = faultsOf((await show(await park('readers', 1, { error }))).body) as { pointer: string }[]
  t.equal(found.length, 20)
  t.ok(found.every(({ pointer }) => Buffer.byteLength(pointer) <= 500))
})

test('an erasure removes the faults with the text of the error', async t => {
  const { stack, park, show, letters } = await makeLetterApi(t)
  const error = new FaultyValue('bad', [{ pointer: '/okapi', detail: 'is not known' }])
  const id = await park('readers', 1, { error, key: Buffer.from('alice') })
  await eraseLetters(stack.db, 'alice', ['books'])
  t.match((await show(id)).body, { error: { message: '(erased)' } })
  t.notMatch(JSON.stringify(await letters.findOne({ _id: id })), /okapi/)
})
