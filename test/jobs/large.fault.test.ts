import { LONG, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { addGroup, groupEnded, pagesOf, resultPages } from './support/groups.ts'
import { startJobSystem } from './support/job-system.ts'
import { startTypeScriptWorker } from './support/workers.ts'

const jobsOr = (count: number) => Number(process.env.JOBS ?? count)
const RESULTS = jobsOr(10_000)
const NOISY = jobsOr(20_000)
const LARGEST = 65_536
const TAKES_MS = 50
// So many jobs of a key run one after the other in a second, at most.
const IN_A_SECOND = 1000 / TAKES_MS
t.setTimeout(1_800_000)

const skip = !LONG && 'it takes long: npm run test:long runs it'

t.test('large results, and many jobs of a key', { skip }, async t => {
  const kind = 'send-invoice'
  // The scheduler ends if it keeps results in its memory: 10,000 of them are 640 MB.
  const env = { NODE_OPTIONS: '--max-old-space-size=256' }
  const system = await startJobSystem(t, startTypeScriptWorker, { env })
  const { api, ended, lines } = system
  const outcomes = await watchTopic(t, system.stack, 'daybook.jobs')
  system.worker('mail', 8)

  t.test(`${RESULTS} results of 64 KB are in no list of jobs, and not on the topic of outcomes`, async t => {
    await system.rules({ attempts: 2 })
    const add = (resultBytes: number, invoice = 0) => ({ kind, data: { invoice, resultBytes } })

    const tooLong = await api<{ id: string }>('/jobs', { body: add(LARGEST + 1) })
    t.match(await ended(tooLong.body.id), {
      state: 'failed',
      reason: 'result-invalid',
      error: `The result of the handler has ${LARGEST + 1} bytes as JSON, ${LARGEST} are allowed`,
      attempts: [{ outcome: 'failed' }],
    })

    const jobs = Array.from({ length: RESULTS }, (_, i) => add(LARGEST, i))
    const { group, ids } = await addGroup(system, jobs, { size: 1000, then: add(LARGEST) })
    t.equal((await api(`/groups/${group}/close`, { method: 'POST' })).status, 200)
    await groupEnded(system, group)

    const members: string[] = []
    let largest = 0
    for await (const page of resultPages(system, group)) {
      for (const { job, result } of page.results) if (String(result).length === LARGEST - 2) members.push(job)
      largest = Math.max(largest, sizeOf(page))
    }
    t.strictSame(members, ids.toSorted(), 'each result is on one page')
    t.ok(largest < 1_048_576 + LARGEST + 100 * 200, `a page of results has ${largest} bytes at most`)

    const listed: string[] = []
    for await (const page of pagesOf<{ jobs: { id: string }[] }>(system, `/jobs?group=${group}&limit=200`)) {
      listed.push(...page.jobs.map(({ id }) => id))
      t.ok(sizeOf(page) < 200 * 1000, 'a list has no results')
    }
    t.strictSame(listed.toSorted(), ids.toSorted())

    await until('all outcomes are published', () => new Set(outcomes.map(({ key }) => key)).size > ids.length)
    t.match(await ended(`${group}:then`), { state: 'succeeded' })
    const sizes = outcomes.map(({ value }) => sizeOf(value))
    t.ok(Math.max(...sizes) < 2000, 'the topic has no results')
  })

  t.test(`${NOISY} jobs of one key delay the jobs of other keys by less than a second`, async t => {
    await system.rules({ perKey: 1 })
    const job = { kind, key: 'noisy', data: { invoice: 1, takes: TAKES_MS } }
    for (let added = 0; added < NOISY; added += 500) {
      const { status } = await api('/jobs/batch', { body: { jobs: Array.from({ length: 500 }, () => job) } })
      t.equal(status, 202)
    }
    const starts = async () => (await lines('starts')).map(({ id }) => id)
    const first = (await starts()).length
    await until('jobs of the key run', async () => (await starts()).length > first + 2)
    for (let i = 0; i < 5; i += 1) {
      const before = (await starts()).length
      const { body } = await api<{ id: string; state: string }>('/jobs', {
        body: { kind, key: `other-${i}`, data: { invoice: i } },
        headers: { prefer: 'wait=60' },
      })
      t.equal(body.state, 'succeeded')
      const meanwhile = (await starts()).indexOf(body.id) - before
      t.ok(meanwhile < IN_A_SECOND, `${meanwhile} jobs of the noisy key have started in between`)
    }
    const waiting = await api<{ matching: number }>('/jobs/cancel', {
      body: { filter: { key: 'noisy', state: 'waiting' }, dryRun: true },
    })
    t.ok(waiting.body.matching > NOISY / 2, 'most jobs of the noisy key still wait')
  })

  const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value))
})
