import { client, LONG, startService, token, until } from '@daybook/shared/testing'
import { findFakeTime, wrongClock } from '@daybook/shared/testing/clocks'
import t from 'tap'
import { startJobSystem } from './support/job-system.ts'
import { crowdedIn, readRuns } from './support/runs.ts'
import { startTypeScriptWorker } from './support/workers.ts'

const SECONDS = 300
const RATE = 5
const LEASE_SECONDS = 6
const LEASE = { JOB_LEASE_SECONDS: String(LEASE_SECONDS) }
/** By how much the clocks of MongoDB and Kafka as the schedulers know them may be wrong on a busy machine, in milliseconds. */
const TOLERANCE = 1000

interface StoredJob {
  _id: string
  kind: string
  state: string
  dueAt: Date
  attempts?: { outcome: string }[]
}

const found = await findFakeTime()
const { library } = 'missing' in found ? { library: '' } : found
const missing = 'missing' in found && found.missing
const skip = LONG ? missing : 'it takes long: npm run test:long runs it'

t.setTimeout(180_000)
t.test(
  'clocks that are five minutes wrong start nothing early, end no lease and break no rate',
  { skip },
  async t => {
    const [fast, slow] = [wrongClock(library, SECONDS), wrongClock(library, -SECONDS)]
    const system = await startJobSystem(t, startTypeScriptWorker, { env: { ...LEASE, ...fast } })
    const { stack, api } = system
    const other = await startService(t, 'scheduler', { ...stack.env, TIME_ZONES: 'UTC', ...LEASE, ...slow })
    const workers = [fast, slow].map(clock =>
      system.worker('mail', 8, { KINDS: 'plain,limited', ...LEASE, ...clock }),
    )
    // SIGKILL would leave the shared memory of libfaketime behind.
    for (const { end } of [system.scheduler, other, ...workers]) t.teardown(() => end('SIGTERM'))
    for (const [kind, rules] of Object.entries({
      plain: {},
      limited: { rate: { limit: RATE, per: 'PT1S' } },
    }))
      t.equal((await api(`/kinds/${kind}`, { method: 'PUT', body: { lane: 'mail', ...rules } })).status, 201)
    const stored = stack.db.collection<StoredJob>('jobs')
    const beats = async () => {
      const alive = await stack.db.collection('job_workers').find().toArray()
      return alive.filter(({ lanes }) => lanes[0].partitions.length > 0).map(({ beatAt }) => Number(beatAt))
    }
    await until('both workers have partitions', async () => (await beats()).length === 2)

    const add = async (
      by: typeof api,
      kind: string,
      { data = {}, ...more }: { data?: object; in?: string; at?: string },
    ) =>
      (await by<{ id: string }>('/jobs', { body: { kind, data: { invoice: 1, ...data }, ...more } })).body.id
    const held = { data: { hold: 'long' } }
    const long = [await add(api, 'plain', held), await add(api, 'plain', held)]
    for (const id of long) await until('a long job runs', () => system.hasStarted(id))

    /** Adds jobs by a scheduler, and waits until they have succeeded. @returns when the delayed ones may start, by id */
    async function round(by: typeof api) {
      const dueFrom = new Map<string, number>()
      for (const when of [
        () => ({ in: 'PT2S' }),
        () => ({ at: new Date(Date.now() + 2000).toISOString() }),
      ]) {
        const now = Date.now()
        dueFrom.set(await add(by, 'plain', when()), now + 2000)
      }
      for (let n = 0; n < 2 * RATE; n += 1) await add(by, 'limited', {})
      await until(
        'all but the long jobs have succeeded',
        async () => (await stored.countDocuments({ state: { $ne: 'succeeded' } })) === long.length,
      )
      return dueFrom
    }
    const dueFrom = await round(api)
    await system.scheduler.end('SIGTERM')
    const from = Date.now()
    for (const [id, due] of await round(client(other.url, await token('operator', { admin: true }))))
      dueFrom.set(id, due)
    await until('the other scheduler has judged leases', async () =>
      (await beats()).every(beatAt => beatAt > from + 2 * LEASE_SECONDS * 1000),
    )
    await system.release('long')
    await until('all have succeeded', async () => (await stored.countDocuments({ state: 'running' })) === 0)

    const jobs = new Map((await stored.find().toArray()).map(job => [job._id, job]))
    t.strictSame([...new Set([...jobs.values()].map(({ state }) => state))], ['succeeded'])
    const outcomes = [...jobs.values()].flatMap(({ attempts = [] }) => attempts.map(({ outcome }) => outcome))
    t.notOk(outcomes.includes('crashed'))
    const offsets = new Map(workers.map(({ pid }, i) => [String(pid), (i === 0 ? 1 : -1) * SECONDS * 1000]))
    const runs = (await readRuns(system, new Map()))
      .map(run => ({ ...run, from: run.from - (offsets.get(run.pid) ?? 0) }))
      .sort((a, b) => a.from - b.from)
    for (const [id, due] of dueFrom) {
      const start = runs.find(run => run.id === id)?.from ?? 0
      t.ok(start >= due - TOLERANCE, `it started ${start - due} ms after its time`)
    }
    const limited = runs.filter(({ id }) => jobs.get(id)?.kind === 'limited')
    t.equal(limited.length, 4 * RATE)
    t.strictSame(crowdedIn(limited, RATE, 1000), [], 'no second has more starts than the rate allows')
    t.equal(new Set(runs.map(({ pid }) => pid)).size, 2, 'both workers ran jobs')
  },
)
