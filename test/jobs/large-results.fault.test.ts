import { LONG, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { addGroup, groupEnded, pagesOf, resultPages } from './support/groups.ts'
import { startJobSystem } from './support/job-system.ts'
import { startTypeScriptWorker } from './support/workers.ts'

const JOBS = Number(process.env.JOBS ?? (LONG ? 10_000 : 150))
const LARGEST = 65_536
t.setTimeout(LONG ? 1_200_000 : 140_000)

const kind = 'send-invoice'

t.test(`${JOBS} results of 64 KB are in no list and on no topic for others`, async t => {
  const system = await startJobSystem(t, startTypeScriptWorker)
  const { api, ended } = system
  await system.rules({ attempts: 2 })
  const outcomes = await watchTopic(t, system.stack, 'daybook.jobs')
  const control = await watchTopic(t, system.stack, 'daybook.jobs.control')
  for (let i = 0; i < 2; i += 1) system.worker('mail', 4)
  const add = (resultBytes: number, invoice = 0) => ({ kind, data: { invoice, resultBytes } })

  const tooLong = await api<{ id: string }>('/jobs', { body: add(LARGEST + 1) })
  t.match(await ended(tooLong.body.id), {
    state: 'failed',
    reason: 'result-invalid',
    error: `The result of the handler has ${LARGEST + 1} bytes as JSON, ${LARGEST} are allowed`,
    attempts: [{ outcome: 'failed' }],
  })

  const jobs = Array.from({ length: JOBS }, (_, i) => add(LARGEST, i))
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
  const records = [...outcomes, ...control].map(({ value }) => sizeOf(value))
  t.ok(Math.max(...records) < 2000, 'the topics have no results')
})

const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value))
