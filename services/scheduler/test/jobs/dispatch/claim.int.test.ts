import { makeStack } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { makeJobs } from '../../support/dispatching.ts'

async function setUp(t: Test) {
  const jobs = await makeJobs(t, await makeStack(t))
  const { claim } = await jobs.dispatch()
  return { ...jobs, claim }
}

test('a claim returns the most urgent jobs of the lane, and records them as sent to the worker', async t => {
  const { claim, add, read } = await setUp(t)
  await add(
    { _id: 'least', priority: 5 },
    { _id: 'urgent', priority: 1 },
    { _id: 'ordinary' },
    { _id: 'elsewhere', lane: 'other' },
    { _id: 'unknown', kind: 'x' },
  )
  const claimed = await claim('default', 'w', { kinds: ['k'], max: 2 })
  t.match(claimed, [{ data: { job: 'urgent', attempt: 1 } }, { data: { job: 'ordinary', attempt: 1 } }])
  const { startBy = new Date(0), ...job } = await read('urgent')
  t.match(job, { state: 'sent', worker: 'w', attempt: 1 })
  t.ok(startBy.getTime() > Date.now() + 20_000)
  t.match(await claim('default', 'w', { kinds: ['k'], max: 9 }), [{ data: { job: 'least' } }])
  t.strictSame(await claim('default', 'w', { kinds: ['k'], max: 9 }), [])
})

test('claims at the same time share the jobs', async t => {
  const { claim, add } = await setUp(t)
  await add(...Array.from({ length: 30 }, () => ({})))
  const workers = Array.from({ length: 6 }, (_, i) => `w${i}`)
  const claimed = await Promise.all(
    workers.map(worker => claim('default', worker, { kinds: ['k'], max: 30 })),
  )
  const ids = claimed.flat().map(({ data }) => data.job)
  t.equal(new Set(ids).size, ids.length, 'no job twice')
  t.equal(ids.length, 30, 'all jobs')
})

test('a suspect is claimed alone', async t => {
  const { claim, add } = await setUp(t)
  await add({ _id: 'suspect', suspect: true, attempt: 1 }, { _id: 'other' })
  const request = { kinds: ['k'], max: 5 }
  t.match(await claim('default', 'w', request), [{ data: { job: 'suspect', attempt: 2 } }])
  t.strictSame(await claim('default', 'w', request), [], 'its worker gets nothing else')
  t.match(await claim('default', 'v', request), [{ data: { job: 'other' } }])
})
