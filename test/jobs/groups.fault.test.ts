import { LONG, seededRandom, until, watchTopic } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { addGroup, type Counts, groupEnded, groupOf, resultsOf } from './support/groups.ts'
import { startJobSystem } from './support/job-system.ts'
import { startTypeScriptWorker } from './support/workers.ts'

const JOBS = Number(process.env.JOBS ?? (LONG ? 10_000 : 200))
const REQUEST = Math.min(1000, JOBS / 3)
const ATTEMPTS = 3
t.setTimeout(LONG ? 1_200_000 : 140_000)

const system = await startJobSystem(t, startTypeScriptWorker)
const { api, job, lines, hasStarted, inState } = system
const rules = { attempts: ATTEMPTS, backoff: { initial: 'PT1S', cap: 'PT2S' } }
await system.rules(rules)
const published = await watchTopic(t, system.stack, 'daybook.jobs')
for (let i = 0; i < 2; i += 1) system.worker('mail', 8)

const kind = 'send-invoice'
const then = { kind, data: { invoice: 0 } }
const ofType = (type: string) => published.filter(({ headers }) => headers.ce_type === type)
const ended = ({ succeeded, failed, cancelled, expired }: Counts) => succeeded + failed + cancelled + expired

/** Tests that a group has finished once, that its continuation ran once, and that both tell the counts. */
async function hasFinished(t: Test, group: string, counts: Partial<Counts>): Promise<void> {
  const { result } = await inState(`${group}:then`, 'succeeded')
  t.match(result, { cause: { group, counts } }, 'the continuation learns the counts')
  t.equal((await lines('starts')).filter(({ id }) => id === `${group}:then`).length, 1, 'it ran once')
  t.match(await groupOf(system, group), { state: 'finished', counts })
  const finished = await until('GroupFinished is published', () => {
    const found = ofType('GroupFinished').filter(({ key }) => key === group)
    return found.length > 0 && found
  })
  t.equal(new Set(finished.map(({ headers }) => headers.ce_id)).size, 1, 'the group finished once')
  t.match(finished[0]?.value, { counts })
}

/** Tests that each job has one outcome, on the topic as in the results. @returns the states by job */
async function haveOneOutcome(t: Test, group: string, ids: string[]): Promise<Map<string, string>> {
  const members = await resultsOf(system, group)
  t.strictSame(
    members.map(one => one.job),
    ids.toSorted(),
    'each member is on one page',
  )
  const states = new Map(members.map(one => [one.job, one.state]))
  const events = () => ofType('JobFinished').filter(({ value }) => value.group === group)
  const outcomes = () => new Map(events().map(({ headers, value }) => [headers.ce_id, value]))
  await until('all outcomes are published', () => new Set(events().map(({ key }) => key)).size === ids.length)
  t.equal(outcomes().size, ids.length, 'each member has one outcome')
  const others = [...outcomes().values()].filter(({ job, state }) => states.get(String(job)) !== state)
  t.strictSame(others, [], 'it is the one that the results show')
  return states
}

t.test(`a group of ${JOBS} jobs with failures and retries has exact counts`, async t => {
  const random = seededRandom(t)
  const make = (invoice: number) => {
    const fate = random(20)
    const failures = fate === 1 ? ATTEMPTS : fate < 5 ? 1 + random(ATTEMPTS - 1) : 0
    return { kind, data: { invoice, failures, hopeless: fate === 0, takes: random(20) } }
  }
  const jobs = Array.from({ length: JOBS }, (_, i) => make(i))
  const failed = jobs.filter(({ data }) => data.hopeless || data.failures === ATTEMPTS).length
  const { group, ids } = await addGroup(system, jobs, { size: REQUEST, then })
  t.equal((await api(`/groups/${group}/close`, { method: 'POST' })).status, 200)
  t.strictSame(
    (await resultsOf(system, group)).map(one => one.job),
    ids.toSorted(),
    'each member is on one page while they run',
  )
  await groupEnded(system, group)
  const counts = { total: JOBS, succeeded: JOBS - failed, failed, cancelled: 0, expired: 0 }
  await hasFinished(t, group, counts)
  const states = await haveOneOutcome(t, group, ids)
  t.equal([...states.values()].filter(state => state === 'failed').length, failed)
  t.equal((await groupOf(system, group)).failures.length, Math.min(10, failed))
})

t.test(`a group of ${JOBS} jobs is cancelled halfway`, async t => {
  const random = seededRandom(t)
  const make = (invoice: number) => ({
    kind,
    data: { invoice, failures: random(10) === 0 ? 1 : 0, takes: random(20) },
  })
  const long = { kind, data: { invoice: 0, hold: 'never' }, priority: 1 }
  const jobs = [
    ...Array.from({ length: 4 }, () => long),
    ...Array.from({ length: JOBS - 4 }, (_, i) => make(i)),
  ]
  const { group, ids } = await addGroup(system, jobs, { size: REQUEST, then })
  const running = ids.slice(0, 4)
  for (const id of running) await until('the long job runs', () => hasStarted(id))
  await groupEnded(system, group, JOBS / 2)
  const before = (await groupOf(system, group)).counts

  const cancel = async (more: object) =>
    (await api<Cancelled>('/jobs/cancel', { body: { filter: { group }, ...more } })).body
  const { matching } = await cancel({ dryRun: true })
  const after = (await groupOf(system, group)).counts
  t.ok(
    ended(before) <= JOBS - matching && JOBS - matching <= ended(after),
    'a dry run counts what has not ended',
  )
  t.equal(after.cancelled, 0, 'and changes nothing')

  const add = async () => {
    const answer = await api<{ jobs: string[] }>(`/groups/${group}/jobs`, { body: { jobs: [make(JOBS)] } })
    t.equal(answer.status, 202)
    return answer.body.jobs[0] as string
  }
  const meanwhile = Promise.all(Array.from({ length: 5 }, add))
  const done = { cancelled: 0, asked: 0 }
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { cancelled, asked, nextCursor } = await cancel(cursor ? { cursor } : {})
    done.cancelled += cancelled
    done.asked += asked
    cursor = nextCursor
  }
  t.ok(
    done.cancelled > 0 && done.asked >= running.length,
    `${done.cancelled} waited, ${done.asked} are asked`,
  )
  const added = [...(await meanwhile), await add()]
  t.equal((await api(`/groups/${group}/close`, { method: 'POST' })).status, 200)
  await groupEnded(system, group)

  const all = [...ids, ...added]
  const states = await haveOneOutcome(t, group, all)
  const count = (state: string) => [...states.values()].filter(one => one === state).length
  const counts = {
    total: all.length,
    succeeded: count('succeeded'),
    cancelled: count('cancelled'),
    failed: 0,
  }
  await hasFinished(t, group, counts)
  t.ok(count('cancelled') >= done.cancelled + running.length)
  t.equal(states.get(added.at(-1) ?? ''), 'succeeded', 'what is added afterwards is not cancelled')
  for (const id of running)
    t.match(await job(id), { state: 'cancelled', attempts: [{ outcome: 'cancelled' }] }, 'asked while it ran')
  t.strictSame(
    new Set((await lines('aborts')).map(({ id }) => id).filter(id => running.includes(id))),
    new Set(running),
    'their signals were aborted',
  )
})

interface Cancelled {
  matching: number
  cancelled: number
  asked: number
  nextCursor: string | null
}
