import { LONG, seededRandom, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { stackWithDedicatedKafka } from '../support/dedicated-servers.ts'
import { addJobs } from './support/job-load.ts'
import { startJobSystem } from './support/job-system.ts'
import { startKilling, type Victim } from './support/killing.ts'
import { crowdedIn, overlapsIn, readRuns, repeatedIn } from './support/runs.ts'
import { untilEnded } from './support/until-ended.ts'
import { startTypeScriptWorker } from './support/workers.ts'

const JOBS = Number(process.env.JOBS ?? 20_000)
const RATE = 20
const LEASE = { JOB_LEASE_SECONDS: '10' }
const victims: Victim[] = ['worker', 'scheduler', 'worker', 'broker']
const KILLS = Number(process.env.KILLS ?? 24)
/** Within this time after a change the groups of consumers are complete again, in milliseconds. */
const SETTLED_MS = 30_000
t.setTimeout(1_200_000)

const skip = !LONG && 'it takes minutes: npm run test:long runs it'

interface StoredJob {
  _id: string
  kind: string
  state: string
  key?: string
  then?: string
  attempts: { attempt: number; outcome: string }[]
}

t.test('while workers, schedulers and the broker are killed, each job has one outcome', { skip }, async t => {
  const random = seededRandom(t)
  const kafka = await stackWithDedicatedKafka(t)
  const system = await startJobSystem(t, startTypeScriptWorker, { stack: kafka.stack, env: LEASE })
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
  const start = () => system.worker('mail', 8, { KINDS: Object.keys(kinds).join(','), ...LEASE })
  const env = { ...stack.env, TIME_ZONES: 'UTC', ...LEASE }
  const { kill, killed, changes } = await startKilling(t, system, { workers: 4, start, env, kafka, random })

  const added = await addJobs(system, JOBS, random)
  const collection = stack.db.collection<StoredJob>('jobs')
  const countOpen = () => collection.countDocuments({ state: { $nin: ['succeeded', 'failed'] } })
  for (let kills = 0; kills < KILLS; kills += 1) {
    const left = JOBS - ((kills + 1) * JOBS) / (KILLS + 1)
    await until(`at most ${left} jobs are open`, async () => (await countOpen()) <= left)
    await kill(victims[kills] ?? victims[random(victims.length)] ?? 'worker')
  }
  await untilEnded(countOpen)
  const all = new Map((await collection.find().toArray()).map(job => [job._id, job]))
  const runs = await readRuns(system, killed)
  const ofKind = (kind: string) => runs.filter(({ id }) => all.get(id)?.kind === kind)

  t.equal(all.size, added.jobs + added.continuations, 'each continuation is one job')
  const withoutThen = [...all.values()].filter(job => job.then !== undefined && !all.has(`${job._id}:then`))
  t.strictSame(withoutThen, [], 'each job that asked for a continuation has one')
  const ended = new Set((await system.lines('ends')).map(({ id }) => id))
  const notRun = [...all.values()].filter(({ _id, state }) => state === 'succeeded' && !ended.has(_id))
  t.strictSame(notRun, [], 'each successful job ran to its end')

  // From the beginning of the topic. A plain client that reads while the broker is away may give up.
  const finished = await watchTopic(t, stack, 'daybook.jobs')
  const outcomesOf = () =>
    Map.groupBy(
      finished.filter(({ headers }) => headers.ce_type === 'JobFinished'),
      ({ value }) => String(value.job),
    )
  await until('each outcome is published', () => outcomesOf().size === all.size)
  const twice = [...outcomesOf()].filter(([, events]) => new Set(events.map(e => e.headers.ce_id)).size > 1)
  t.strictSame(twice, [], 'each job has one outcome')

  const repeated = repeatedIn(runs)
  t.comment(`${runs.length} runs of ${all.size} jobs; ${repeated.length} attempts ran twice`)
  const isExplained = (at: number) => changes.some(change => change <= at && at <= change + SETTLED_MS)
  t.strictSame(
    repeated.filter(ofAttempt => !isExplained(ofAttempt.at(-1)?.from ?? 0)),
    [],
    'an attempt ran twice only after a process died or a partition moved',
  )
  t.strictSame(
    repeated.filter(ofAttempt => new Set(ofAttempt.map(({ pid }) => pid)).size < ofAttempt.length),
    [],
    'no process ran an attempt twice',
  )
  t.strictSame(crowdedIn(ofKind('limited'), RATE, 1000), [], 'no second has more starts than the rate allows')

  const byKey = Map.groupBy(ofKind('keyed'), ({ id }) => all.get(id)?.key)
  const overlaps = [...byKey.values()].flatMap(overlapsIn)
  const hasCrashed = ({ id, attempt }: { id: string; attempt: number }) =>
    all.get(id)?.attempts.some(one => one.attempt === attempt && one.outcome === 'crashed')
  const isTwice = new Set(repeated.flat())
  const wrong = overlaps.filter(
    ([first, second]) => !hasCrashed(first) && !isTwice.has(first) && !isTwice.has(second),
  )
  t.comment(`${overlaps.length} runs of a key overlapped with another one`)
  t.strictSame(wrong, [], 'runs of a key overlap only after a lease has ended, or when an attempt ran twice')
})
