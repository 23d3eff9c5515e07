import { client, LONG, startService, token, until, watchTopic } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { stackWithDedicatedKafka, stackWithDedicatedMongo } from '../support/dedicated-servers.ts'
import { type JobSystem, startJobSystem } from './support/job-system.ts'
import { overlapsIn, readRuns, repeatedIn } from './support/runs.ts'
import { startTypeScriptWorker } from './support/workers.ts'

const LEASE_SECONDS = 6
const LEASE = { JOB_LEASE_SECONDS: String(LEASE_SECONDS) }
const SMALL = 20
t.setTimeout(900_000)
const skip = !LONG && 'it waits for several leases: npm run test:long runs it'

/** Reads the beats of workers. @returns waits until workers have beaten for so many leases more */
async function watchBeats(t: Test, { stack }: JobSystem): Promise<(leases: number) => Promise<void>> {
  const seen = await watchTopic(t, stack, 'daybook.jobs.results')
  return async leases => {
    const end = new Date(Date.now() + leases * LEASE_SECONDS * 1000).toISOString()
    await until(`${leases} leases have passed`, () =>
      seen.some(({ headers: { ce_type, ce_time = '' } }) => ce_type === 'WorkerBeat' && ce_time > end),
    )
  }
}

/** Starts a worker, and adds a job that it holds. */
async function start(system: JobSystem, data: object = {}) {
  await system.rules({ attempts: 1 })
  system.worker('mail', 4, LEASE)
  const id = await system.add({ invoice: 1, hold: 'outage', ...data })
  await system.inState(id, 'running')
  return id
}

async function addSmall(api: JobSystem['api']): Promise<string[]> {
  const jobs = Array.from({ length: SMALL }, (_, invoice) => ({
    kind: 'send-invoice',
    data: { invoice, takes: 5 },
  }))
  const { status, body } = await api<{ jobs: string[] }>('/jobs/batch', { body: { jobs } })
  if (status !== 202) throw new Error(`the jobs are refused: ${JSON.stringify(body)}`)
  return body.jobs
}

/** Tests that jobs have succeeded with one outcome each, that no attempt crashed, and that none ran twice. */
async function haveRunOnce(t: Test, system: JobSystem, ids: string[]): Promise<void> {
  for (const id of ids) {
    const { state, attempts } = await system.ended(id)
    if (state !== 'succeeded' || attempts.some(({ outcome }) => outcome === 'crashed'))
      t.fail(`${id} ${state}: ${JSON.stringify(attempts)}`)
  }
  const runs = await readRuns(system, new Map())
  t.strictSame(repeatedIn(runs), [], 'no attempt ran twice')
  t.strictSame(
    [...Map.groupBy(runs, ({ id }) => id).values()].flatMap(overlapsIn),
    [],
    'no job ran twice at once',
  )
  const published = await watchTopic(t, system.stack, 'daybook.jobs')
  const outcomes = () =>
    new Set(published.filter(({ key }) => ids.includes(key)).map(({ headers }) => headers.ce_id))
  await until('all outcomes are published', () => outcomes().size >= ids.length)
  t.equal(outcomes().size, ids.length, 'each job has one outcome')
  t.equal(system.scheduler.process.exitCode, null, 'the scheduler goes on')
}

/** Tests that a job ran in one attempt. */
async function inOneAttempt(t: Test, system: JobSystem, id: string): Promise<void> {
  t.match(await system.job(id), { state: 'running', attempts: { length: 1 } }, 'its attempt goes on')
  await system.release('outage')
  const { attempts } = await system.ended(id)
  t.strictSame(
    attempts.map(({ outcome }) => outcome),
    ['succeeded'],
  )
}

t.test('a scheduler that stands still for longer than a lease takes no attempt away', { skip }, async t => {
  const system = await startJobSystem(t, startTypeScriptWorker, { env: LEASE })
  const leasesPass = await watchBeats(t, system)
  const long = await start(system)
  const meanwhile = await system.add({ invoice: 2, hold: 'meanwhile' })
  await system.inState(meanwhile, 'running')
  const small = await addSmall(system.api)
  system.scheduler.process.kill('SIGSTOP')
  await system.release('meanwhile')
  await leasesPass(1.2)
  system.scheduler.process.kill('SIGCONT')
  const more = await addSmall(system.api)
  for (const id of more) await system.ended(id)
  await leasesPass(1)
  await inOneAttempt(t, system, long)
  await haveRunOnce(t, system, [long, meanwhile, ...small, ...more])
})

t.test('while a scheduler stands still, another one takes over, and both go on', { skip }, async t => {
  const system = await startJobSystem(t, startTypeScriptWorker, { env: LEASE })
  const second = await startService(t, 'scheduler', { ...system.stack.env, TIME_ZONES: 'UTC', ...LEASE })
  const api = client(second.url, await token('operator', { admin: true }))
  const leasesPass = await watchBeats(t, system)
  const long = await start(system)
  const ids = [long, ...(await addSmall(system.api))]
  system.scheduler.process.kill('SIGSTOP')
  ids.push(...(await addSmall(api)))
  for (const id of ids.slice(1))
    await until('a small job has ended', async () => (await api(`/jobs/${id}`)).body.state === 'succeeded')
  await leasesPass(2)
  system.scheduler.process.kill('SIGCONT')
  ids.push(...(await addSmall(api)), ...(await addSmall(system.api)))
  await leasesPass(2)
  await inOneAttempt(t, system, long)
  await haveRunOnce(t, system, ids)
  t.equal(second.process.exitCode, null)
})

t.test('an outage of MongoDB that is longer than a lease takes no attempt away', { skip }, async t => {
  const mongo = await stackWithDedicatedMongo(t)
  const system = await startJobSystem(t, startTypeScriptWorker, { stack: mongo.stack, env: LEASE })
  const leasesPass = await watchBeats(t, system)
  const long = await start(system)
  const meanwhile = await system.add({ invoice: 2, hold: 'meanwhile' })
  await system.inState(meanwhile, 'running')
  await mongo.kill()
  await system.release('meanwhile')
  await until('the scheduler is not ready', async () => (await system.api('/health/ready')).status === 503)
  await leasesPass(2)
  await mongo.restart()
  await until('jobs can be added', async () => system.add({ invoice: 3 }))
  await leasesPass(2)
  await inOneAttempt(t, system, long)
  await haveRunOnce(t, system, [long, meanwhile])
})

t.test('an outage of Kafka that is longer than a lease costs no attempt', { skip }, async t => {
  const kafka = await stackWithDedicatedKafka(t)
  const system = await startJobSystem(t, startTypeScriptWorker, { stack: kafka.stack, env: LEASE })
  const long = await start(system, { stubborn: true })
  const giving = await system.add({ invoice: 2, hold: 'outage' })
  await system.inState(giving, 'running')
  await kafka.kill()
  await until('the worker has not been heard for a lease', async () => {
    const aborted = new Set((await system.lines('aborts')).map(({ id }) => id))
    return aborted.has(long) && aborted.has(giving)
  })
  const waiting = await addSmall(system.api)
  await kafka.restart()
  for (const id of waiting) await system.ended(id)
  const leasesPass = await watchBeats(t, system)
  await leasesPass(2)
  await inOneAttempt(t, system, long)
  const { attempts } = await system.ended(giving)
  t.strictSame(
    attempts.map(({ outcome }) => outcome),
    ['returned', 'succeeded'],
    'a handler that ends gives its job back',
  )
  await haveRunOnce(t, system, [long, giving, ...waiting])
})
