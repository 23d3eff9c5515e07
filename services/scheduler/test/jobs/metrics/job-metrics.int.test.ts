import { makeStack } from '@daybook/shared/testing'
import { Registry } from 'prom-client'
import { test } from 'tap'
import { jobAlarms } from '../../../src/jobs/alarms/job-alarms.ts'
import { jobMetrics } from '../../../src/jobs/metrics/job-metrics.ts'
import { waitingJobs } from '../../../src/jobs/metrics/waiting-jobs.ts'
import { makeJob, openLimits } from '../../support/limits.ts'

const lane = { lane: 'default', workers: 3, withoutPartitions: 1, slots: 8, inHand: 3 }

test('metrics count the jobs that have not ended, and what this process has recorded', async t => {
  const { base, kinds, putKind, add } = await openLimits(t, await makeStack(t))
  await putKind('paused', { paused: true })
  const [now, later] = [base.now(), new Date(base.now().getTime() + 3_600_000)]
  const dueAt = new Date(now.getTime() - 120_000)
  await add([
    makeJob('ready', { dueAt }),
    makeJob('ready-too', { dueAt: now, rank: later }),
    makeJob('paused', { kind: 'paused', lane: 'slow', dueAt: new Date(0) }),
    makeJob('held', { state: 'held', gate: 'key:k/a' }),
    makeJob('delayed', { state: 'delayed', dueAt: later, lane: 'slow' }),
    makeJob('running', { state: 'running', worker: 'w' }),
    makeJob('sent', { state: 'sent', worker: 'w' }),
    makeJob('ended', { state: 'succeeded' }),
    makeJob('failed', { state: 'failed' }),
  ])
  const registry = new Registry()
  const failing = async () => new Set(['k', 'paused'])
  jobMetrics(base, { registry, kinds, lanes: async () => [lane], failing })
  const ended = { id: 'x', kind: 'k', lane: 'default' }
  base.signals.emit('finished', [
    { ...ended, state: 'succeeded' },
    { ...ended, state: 'failed', reason: 'error' },
    { ...ended, state: 'failed', reason: 'crashed' },
  ])
  base.signals.emit('attempts', [
    { kind: 'k', waitedMs: 500 },
    { kind: 'k', ranMs: 2000 },
  ])

  const text = await registry.metrics()
  for (const line of [
    'daybook_jobs_waiting{kind="k",lane="default"} 3',
    'daybook_jobs_waiting{kind="k",lane="slow"} 1',
    'daybook_jobs_due{kind="k",lane="default"} 3',
    'daybook_jobs_due{kind="paused",lane="slow"} 1',
    'daybook_jobs_running{kind="k",lane="default"} 2',
    'daybook_jobs_finished_total{kind="k",lane="default",outcome="succeeded"} 1',
    'daybook_jobs_finished_total{kind="k",lane="default",outcome="failed"} 1',
    'daybook_jobs_finished_total{kind="k",lane="default",outcome="crashed"} 1',
    'daybook_job_wait_seconds_sum{kind="k"} 0.5',
    'daybook_job_run_seconds_sum{kind="k"} 2',
    'daybook_kinds_failing{kind="k"} 1',
    'daybook_lane_workers{lane="default"} 3',
    'daybook_lane_free_slots{lane="default"} 5',
    'daybook_lane_workers_without_partitions{lane="default"} 1',
  ])
    t.ok(text.includes(`${line}\n`), line)
  t.notMatch(text, 'daybook_kinds_failing{kind="paused"}')
  const ages = [...text.matchAll(/^daybook_lane_oldest_due_seconds\{lane="(\w+)"\} (\S+)$/gm)]
  t.strictSame(
    ages.map(([, name]) => name),
    ['default'],
    'the job of the paused kind does not count',
  )
  t.ok(Number(ages[0]?.[2]) >= 60)

  t.strictSame(
    (await waitingJobs(base).find()).map(({ kind, count, since }) => [kind, count, since]),
    [
      ['jobs-due', 4, new Date(0)],
      ['jobs-later', 1, undefined],
      ['jobs-running', 2, undefined],
      ['jobs-failed', 1, undefined],
    ],
  )

  const alarms = jobAlarms(base, { kinds, admission: { failing }, leaseMs: 30_000 })
  const found = await Promise.all(alarms.map(async ({ kind, find }) => ({ kind, found: await find(now) })))
  const kindK = { type: 'kind', id: 'k' }
  t.match(found, [
    { kind: 'kind-failing', found: [{ references: [kindK] }] },
    {
      kind: 'lane-without-worker',
      found: [{ since: dueAt, references: [{ type: 'lane', id: 'default' }, kindK] }],
    },
  ])
  t.strictSame(
    found.map(one => one.found.length),
    [1, 1],
    'the paused kind is no alarm',
  )
})

test('counting ready jobs reads the index alone', async t => {
  const { base, add } = await openLimits(t, await makeStack(t))
  await add([makeJob('a'), makeJob('b'), makeJob('c', { state: 'succeeded' })])
  const pipeline = [
    { $match: { state: 'ready' } },
    { $limit: 10 },
    { $project: { _id: 0, kind: 1, lane: 1 } },
    { $group: { _id: { kind: '$kind', lane: '$lane' }, count: { $sum: 1 } } },
  ]
  const command = { aggregate: 'jobs', pipeline, cursor: {}, hint: 'ready' }
  const plan = await base.connection.db?.command({ explain: command, verbosity: 'executionStats' })
  const stats = plan?.executionStats ?? plan?.stages?.[0]?.$cursor?.executionStats
  t.equal(stats.totalDocsExamined, 0)
})
