import { LONG, seededRandom, until } from '@daybook/shared/testing'
import t from 'tap'
import { watchGroups } from './support/group-checks.ts'
import { addGroup, type Counts, groupEnded, groupOf, resultsOf } from './support/groups.ts'
import { startJobSystem } from './support/job-system.ts'
import { startTypeScriptWorker } from './support/workers.ts'

const JOBS = Number(process.env.JOBS ?? 10_000)
const REQUEST = Math.min(1000, Math.ceil(JOBS / 3))
const ATTEMPTS = 3
t.setTimeout(1_200_000)

const skip = !LONG && 'it takes long: npm run test:long runs it'

t.test('groups of many jobs', { skip }, async t => {
  const system = await startJobSystem(t, startTypeScriptWorker)
  const { api, job, lines, hasStarted } = system
  await system.rules({ attempts: ATTEMPTS, backoff: { initial: 'PT1S', cap: 'PT2S' } })
  const { hasFinished, haveOneOutcome } = await watchGroups(t, system)
  for (let i = 0; i < 2; i += 1) system.worker('mail', 8)

  const kind = 'send-invoice'
  const then = { kind, data: { invoice: 0 } }
  const ended = ({ succeeded, failed, cancelled, expired }: Counts) =>
    succeeded + failed + cancelled + expired

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
    const later = { ...make(0), in: 'PT1H' }
    const jobs = [long, long, later, later, ...Array.from({ length: JOBS - 4 }, (_, i) => make(i))]
    const { group, ids } = await addGroup(system, jobs, { size: REQUEST, then })
    const [running, waiting] = [ids.slice(0, 2), ids.slice(2, 4)]
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
      done.cancelled >= waiting.length && done.asked >= running.length,
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
    t.notOk(
      (await lines('starts')).some(({ id }) => waiting.includes(id)),
      'what waited has not run',
    )
    t.equal(states.get(added.at(-1) ?? ''), 'succeeded', 'what is added afterwards is not cancelled')
    for (const id of running)
      t.match(
        await job(id),
        { state: 'cancelled', attempts: [{ outcome: 'cancelled' }] },
        'asked while it ran',
      )
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
})
