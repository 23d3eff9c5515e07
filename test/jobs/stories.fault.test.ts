import { LONG, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { startJobSystem } from './support/job-system.ts'
import { overlapsIn, readRuns } from './support/runs.ts'
import { startTypeScriptWorker } from './support/workers.ts'

t.setTimeout(280_000)
// These stories wait for several leases.
const skip = LONG ? false : 'it takes long: LONG=true runs it'

const LEASE = { JOB_LEASE_SECONDS: '6' }
const system = await startJobSystem(t, startTypeScriptWorker, { env: LEASE })
const { api, job, inState, ended, release, lines, hasStarted } = system
const finished = await watchTopic(t, system.stack, 'daybook.jobs')

interface WorkerView {
  id: string
  state: string
  lanes: { lane: string; partitions: number[] }[]
  running: { job: string; attempt: number }[]
  blockedMs: number
}

/** Makes a story: a lane of its own, with a kind of the same name. */
async function story(name: string, rules: object = {}) {
  const body = { lane: name, attempts: 1, backoff: { initial: 'PT1S' }, ...rules }
  const answer = await api(`/kinds/${name}`, { method: 'PUT', body })
  if (answer.status !== 201) throw new Error(`the kind is refused: ${JSON.stringify(answer.body)}`)
  const readers = async () => {
    const { workers } = (await api<{ workers: WorkerView[] }>('/workers')).body
    return workers.filter(
      ({ state, lanes }) =>
        state === 'working' && lanes.some(one => one.lane === name && one.partitions.length > 0),
    )
  }
  return {
    readers,
    /** Starts workers, and waits until `readers` of them have partitions. */
    async workers(count: number, slots: number, { readers: expected = count, kinds = name } = {}) {
      const started = Array.from({ length: count }, () =>
        system.worker(name, slots, { KINDS: kinds, ...LEASE, STOP_TIMEOUT: '500', GRACE_TIME: '1000' }),
      )
      await until(`${expected} workers read ${name}`, async () => (await readers()).length === expected)
      return started
    },
    async add(data: object, more: object = {}) {
      const answer = await api<{ id: string }>('/jobs', {
        body: { kind: name, data: { invoice: 1, ...data }, ...more },
      })
      return answer.body.id
    },
  }
}

const pidsOf = async (id: string) =>
  (await lines('starts')).filter(line => line.id === id).map(({ pid }) => Number(pid))
/** How the attempts of a job have ended. */
const outcomesOf = async (id: string) => (await job(id)).attempts.flatMap(({ outcome }) => outcome ?? [])
const publishedOf = (id: string) =>
  new Set(finished.filter(({ key }) => key === id).map(({ headers }) => headers.ce_id)).size

t.test('a worker that was stopped for longer than its lease has lost its attempt', { skip }, async t => {
  const { add, workers, readers } = await story('stopped')
  const all = await workers(2, 4)
  /** Runs a job whose first worker is stopped. @returns how to wake it, after another worker has started the job */
  const lose = async (hold: string) => {
    const id = await add({ hold })
    await until('it runs', () => hasStarted(id))
    const [pid = 0] = await pidsOf(id)
    process.kill(pid, 'SIGSTOP')
    await until('another worker runs it', () => hasStarted(id, 2))
    return { id, wake: () => process.kill(pid, 'SIGCONT') }
  }
  const aborted = await lose('aborted')
  aborted.wake()
  await until('its signal is aborted', async () =>
    (await lines('aborts')).some(({ id, attempt }) => id === aborted.id && attempt === 1),
  )
  await release('aborted')
  t.equal((await ended(aborted.id)).state, 'succeeded')

  const late = await lose('late')
  await release('late')
  await ended(late.id)
  late.wake()
  // Its outcome is refused, or it learns of its lost lease before it reports one.
  await until('the worker works under a new id', async () => (await readers()).length === 2)
  for (const { id } of [aborted, late]) {
    t.strictSame(await outcomesOf(id), ['crashed', 'succeeded'])
    await until('its outcome is published', () => publishedOf(id) === 1)
    t.equal(new Set(await pidsOf(id)).size, 2, 'it ran twice, in two processes')
  }
  for (const worker of all) await worker.end('SIGKILL')
})

t.test('a handler that spins keeps its lease, and the timeout ends it', { skip }, async t => {
  const { add, workers, readers } = await story('spins', { timeout: 'PT12S' })
  await workers(2, 1)
  const id = await add({ spin: true })
  await until('its worker is alive but blocked', async () => {
    const found = (await readers()).find(({ running }) => running.some(one => one.job === id))
    return found !== undefined && found.blockedMs > 1000
  })
  t.match(await ended(id), { state: 'failed', reason: 'timeout', attempts: [{ outcome: 'failed' }] })
  t.equal((await pidsOf(id)).length, 1, 'no other worker ran it')
})

t.test('a job that kills its workers fails, and its neighbours do not', { skip }, async t => {
  const { add, workers } = await story('aborts')
  await workers(5, 2)
  const running = { kind: 'aborts', state: 'running' }
  const busy = async () => (await system.stack.db.collection('jobs').distinct('worker', running)).length
  const neighbours: string[] = []
  // A partition may still move to another worker: two of the first five can be on one worker.
  while ((await busy()) < 5) {
    const id = await add({ hold: 'neighbours' })
    await inState(id, 'running')
    neighbours.push(id)
  }
  const id = await add({ abort: true })
  await until('its first worker is lost', async () => (await outcomesOf(id)).length === 1)
  await release('neighbours')
  const { state, reason, attempts } = await ended(id)
  t.match({ state, reason }, { state: 'failed', reason: 'crashed' })
  t.strictSame(
    attempts.map(({ outcome }) => outcome),
    Array(4).fill('crashed'),
    'one with a neighbour, three alone',
  )
  for (const one of neighbours) t.match(await ended(one), { state: 'succeeded' }, 'with one allowed attempt')
})

t.test('a kind that one of two workers knows goes to that worker', async t => {
  const { add, workers } = await story('known')
  await workers(1, 2, { kinds: 'other' })
  const id = await add({})
  await until('the reason is known', async () => (await job(id)).waiting?.reason === 'no-worker-knows-kind')
  const [knowing] = await workers(1, 2, { readers: 2 })
  t.match(await ended(id), { state: 'succeeded', attempts: [{ outcome: 'succeeded' }] })
  const more = await Promise.all(Array.from({ length: 20 }, () => add({})))
  for (const one of more) {
    t.strictSame((await ended(one)).attempts.length, 1)
    t.strictSame(await pidsOf(one), [knowing?.pid])
  }
})

t.test('a kind that fails again and again is tried by one attempt at a time', { skip }, async t => {
  const { add, workers } = await story('refused', { attempts: 10 })
  await workers(1, 8)
  const ids = await Promise.all(Array.from({ length: 40 }, () => add({ refusedUntil: 'accepted' })))
  const isFailing = async () => (await api<{ failing: boolean }>('/kinds/refused')).body.failing
  await until('the kind is failing', isFailing)
  const inHand = async () =>
    (await system.stack.db
      .collection('jobs')
      .countDocuments({ kind: 'refused', worker: { $exists: true } })) > 0
  await until('what was sent before has ended', async () => !(await inHand()))
  const reasons = async () => (await Promise.all(ids.map(job))).map(({ waiting }) => waiting?.reason)
  await until('its jobs say so', async () => (await reasons()).includes('failing'))
  const before = (await readRuns(system, new Map())).length
  const probes = async () => (await readRuns(system, new Map())).slice(before)
  await until('three attempts more have failed', async () => (await probes()).length >= 3)
  t.strictSame(overlapsIn(await probes()), [])
  await release('accepted')
  for (const id of ids) t.equal((await ended(id)).state, 'succeeded')
  await until('the kind is not failing any more', async () => !(await isFailing()))
})

t.test('long jobs, cancellations, and workers that join and leave', { skip }, async t => {
  const { add, workers } = await story('rolling')
  const [first] = await workers(1, 8)
  const long = await Promise.all(Array.from({ length: 7 }, () => add({ hold: 'rolling' })))
  for (const id of long) await inState(id, 'running')
  const [second] = await workers(1, 8, { readers: 2 })

  await t.test('tiny jobs start on another worker while seven of eight slots are busy', async t => {
    const tiny = await Promise.all(Array.from({ length: 100 }, () => add({})))
    for (const id of tiny) t.equal((await ended(id)).state, 'succeeded')
    const pids = (await Promise.all(tiny.map(pidsOf))).flat()
    t.ok(pids.filter(pid => pid === second?.pid).length > pids.length / 2)
    for (const id of long) t.equal((await job(id)).state, 'running')
  })

  await t.test('a job can be cancelled in each state', async t => {
    const cancel = (id: string) => api(`/jobs/${id}/cancel`, { method: 'POST' })
    const waiting = await add({}, { in: 'PT1H' })
    t.match((await cancel(waiting)).body, { answer: 'cancelled' })
    const running = long.pop() ?? ''
    t.match((await cancel(running)).body, { answer: 'asked' })
    t.match(await ended(running), { state: 'cancelled', attempts: [{ outcome: 'cancelled' }] })
    t.ok((await lines('aborts')).some(({ id }) => id === running))
    t.match((await cancel(running)).body, { answer: 'too late' })
    for (const id of [waiting, running]) await until('it has one outcome', () => publishedOf(id) === 1)
  })

  await t.test('workers that join and leave disturb no attempt', async t => {
    const [third] = await workers(1, 8, { readers: 3 })
    t.equal(await second?.end('SIGTERM'), 0)
    await workers(1, 8, { readers: 3 })
    t.equal(await third?.end('SIGTERM'), 0)
    for (const id of long) {
      t.equal((await job(id)).state, 'running')
      t.strictSame(await outcomesOf(id), [])
      t.strictSame(await pidsOf(id), [first?.pid])
    }
  })

  await t.test('at SIGTERM a worker gives its attempts back, at no cost', async t => {
    t.equal(await first?.end('SIGTERM'), 0)
    for (const id of long) await until('another worker runs it', () => hasStarted(id, 2))
    await release('rolling')
    for (const id of long) {
      t.equal((await ended(id)).state, 'succeeded')
      t.strictSame(await outcomesOf(id), ['returned', 'succeeded'])
    }
  })
})
