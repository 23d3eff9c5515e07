import { LONG, seededRandom, startService, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { stackWithDedicatedKafka } from '../support/dedicated-servers.ts'
import { startJobSystem } from './support/job-system.ts'
import { type RunningWorker, startTypeScriptWorker } from './support/workers.ts'

// The long version takes some minutes.
const JOBS = LONG ? 20_000 : 1200
const KILLS = LONG ? 40 : 6
const RATE = 20
t.setTimeout(LONG ? 1_200_000 : 280_000)

t.test('while workers, schedulers and the broker are killed, each job has one outcome', async t => {
  const random = seededRandom(t)
  const kafka = await stackWithDedicatedKafka(t)
  const system = await startJobSystem(t, startTypeScriptWorker, { stack: kafka.stack })
  const { api, stack } = system
  const backoff = { initial: 'PT1S', cap: 'PT5S' }
  const kinds = {
    plain: { backoff },
    limited: { backoff, rate: { limit: RATE, per: 'PT1S' } },
    keyed: { backoff, perKey: 1 },
  }
  for (const [kind, rules] of Object.entries(kinds)) {
    const body = { lane: 'mail', ...rules }
    t.equal((await api(`/kinds/${kind}`, { method: 'PUT', body })).status, 201)
  }
  const finished = await watchTopic(t, stack, 'daybook.jobs')
  const env = { KINDS: Object.keys(kinds).join(',') }
  const workers = Array.from({ length: 4 }, () => system.worker('mail', 8, env))
  const second = await startService(t, 'scheduler', { ...stack.env, TIME_ZONES: 'UTC' })
  const schedulers = [system.scheduler, second]

  const added = await addJobs(api, random)
  for (let kills = 0; kills < KILLS; kills += 1) {
    const before = finished.length
    await until('more jobs have ended', () => finished.length > before + JOBS / (KILLS * 4))
    const victim = random(8)
    if (victim < 5) {
      const [killed] = workers.splice(random(workers.length), 1) as [RunningWorker]
      t.equal(await killed.end('SIGKILL'), 'SIGKILL')
      workers.push(system.worker('mail', 8, env))
    } else if (victim < 7) {
      // The first scheduler answers the requests of this test, so the second one is killed.
      await schedulers.pop()?.end('SIGKILL')
      schedulers.push(await startService(t, 'scheduler', { ...stack.env, TIME_ZONES: 'UTC' }))
    } else {
      await kafka.kill()
      await kafka.restart()
    }
  }
  const jobs = stack.db.collection<{
    _id: string
    kind: string
    state: string
    key?: string
    attempts: object[]
  }>('jobs')
  const open = () => jobs.countDocuments({ state: { $nin: ['succeeded', 'failed', 'cancelled', 'expired'] } })
  await until('every job has ended', async () => (await open()) === 0)
  const all = await jobs.find().toArray()
  const [starts, ends] = [await system.lines('starts'), await system.lines('ends')]

  t.equal(all.length, added.size + added.continuations, 'each continuation is one job')
  const ended = new Set(ends.map(({ id }) => id))
  const succeeded = all.filter(({ state }) => state === 'succeeded')
  t.strictSame(
    succeeded.filter(({ _id }) => !ended.has(_id)),
    [],
    'each successful job ran to its end',
  )
  t.strictSame(
    all.filter(({ state }) => !['succeeded', 'failed'].includes(state)),
    [],
  )
  await until(
    'each outcome is published',
    () => new Set(finished.map(({ value }) => value.job)).size === all.length,
  )
  const outcomes = Map.groupBy(finished, ({ value }) => String(value.job))
  const twice = [...outcomes.values()].filter(
    events => new Set(events.map(({ headers }) => headers.ce_id)).size > 1,
  )
  t.strictSame(twice, [], 'each job has one outcome')

  const attempts = Map.groupBy(starts, ({ id, attempt }) => `${id} ${attempt}`)
  const repeated = [...attempts.values()].filter(runs => runs.length > 1)
  t.comment(`${starts.length} runs of ${all.length} jobs, ${repeated.length} attempts ran twice`)
  t.strictSame(
    repeated.filter(runs => new Set(runs.map(({ pid }) => pid)).size < runs.length),
    [],
    'no process ran an attempt twice',
  )

  const limited = new Set(all.filter(({ kind }) => kind === 'limited').map(({ _id }) => _id))
  const times = starts
    .filter(({ id }) => limited.has(id))
    .map(({ at }) => at)
    .sort((a, b) => a - b)
  const crowded = times.filter((from, i) => (times[i + RATE] ?? Number.POSITIVE_INFINITY) < from + 1000)
  t.strictSame(crowded, [], 'no second has more starts than the rate allows')
})

/** Adds the jobs in batches. @returns how many, and how many of them have a continuation */
async function addJobs(
  api: Awaited<ReturnType<typeof startJobSystem>>['api'],
  random: (limit: number) => number,
) {
  const made = { size: 0, continuations: 0 }
  while (made.size < JOBS) {
    const jobs = Array.from({ length: 200 }, (_, i) => {
      const number = made.size + i
      const kind = number % 20 === 0 ? 'limited' : number % 3 === 0 ? 'keyed' : 'plain'
      const next =
        number % 50 === 1 ? { then: { kind: 'plain', on: 'finish', data: { invoice: number } } } : {}
      const key = kind === 'keyed' ? { key: `customer-${random(20)}` } : {}
      return {
        kind,
        data: { invoice: number, failures: random(10) === 0 ? 1 + random(2) : 0 },
        ...key,
        ...next,
      }
    })
    const answer = await api('/jobs/batch', { body: { jobs } })
    if (answer.status !== 202) throw new Error(`the batch is refused: ${JSON.stringify(answer.body)}`)
    made.size += jobs.length
    made.continuations += jobs.filter(job => 'then' in job).length
  }
  return made
}
