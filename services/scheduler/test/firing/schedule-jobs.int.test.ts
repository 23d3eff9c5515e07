import { makeStack } from '@daybook/shared/testing'
import { test } from 'tap'
import { inMinutes } from '../support/minutes.ts'
import { makeScheduler, type Refusal } from '../support/scheduler.ts'

const job = { kind: 'report', data: { team: 'blue' }, key: 'k', priority: 2 }

test('each slot of a schedule with a job stores a request for the job with its event', async t => {
  const { put, post, tick, fired } = await makeScheduler(t, await makeStack(t))
  await put('s', { every: 'PT1H', start: inMinutes(-90).toISOString(), catchUpWindow: 'P1D', job })
  await tick(inMinutes(31))
  const events = await fired('s')
  t.match(
    events.map(({ type }) => type),
    ['ScheduleFired', 'JobRequested'],
  )
  const [firing, request] = events
  t.match(request, { id: `${firing?.id}:job`, time: firing?.time })
  t.strictSame(request?.data, { ...job, job: firing?.id, schedule: 's', overlap: 'skip' } as never)
  const byHand = (await post<{ id: string }>('s/fire')).body.id
  t.match((await fired('s')).slice(2), [{ id: byHand }, { type: 'JobRequested', data: { job: byHand } }])
})

test('a change of the job and of overlap keeps the slots, and a definition without a job stays as it was', async t => {
  const { put, get } = await makeScheduler(t, await makeStack(t))
  await put('s', { every: 'PT7M' })
  const before = await get('s')
  t.notOk('overlap' in (before.definition ?? {}))
  await put('s', { every: 'PT7M', job })
  await put('s', { every: 'PT7M', job, overlap: 'queue' })
  t.match(await get('s'), { version: 3, nextSlot: before.nextSlot, definition: { job, overlap: 'queue' } })
})

test('a job that is not valid is refused with pointers', async t => {
  const { put } = await makeScheduler(t, await makeStack(t))
  const refused = async (definition: object) =>
    (await put<Refusal>('s', { every: 'PT7M', ...definition })).body.errors?.map(({ pointer }) => pointer)
  t.strictSame(await refused({ overlap: 'skip' }), ['/overlap'])
  t.strictSame(await refused({ job: { data: 1 } }), ['/job/kind'])
  const text = 'x'.repeat(5000)
  t.strictSame(await refused({ data: { text }, job: { kind: 'a', data: text } }), ['/job/data'])
  t.strictSame(await refused({ job: { ...job, priority: 6 }, overlap: 'never' }), [
    '/job/priority',
    '/overlap',
  ])
})
