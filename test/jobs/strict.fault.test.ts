import { LONG, until, watchTopic } from '@daybook/shared/testing'
import kafkajs from 'kafkajs'
import t from 'tap'
import { type ApiProxy, type HeldRequest, startApiProxy } from './support/api-proxy.ts'
import { startJobSystem } from './support/job-system.ts'
import { overlapsIn, readRuns, repeatedIn } from './support/runs.ts'
import { startTypeScriptWorker } from './support/workers.ts'

const skip = !LONG && 'it takes long: npm run test:long runs it'

t.test('strict kinds', { skip }, async t => {
  const LEASE = { JOB_LEASE_SECONDS: '6' }
  const system = await startJobSystem(t, startTypeScriptWorker, { env: LEASE })
  const { api, job, add, ended, release, hasStarted, lines } = system
  const rules = { claim: 'strict', perKey: 1, backoff: { initial: 'PT1S' } }
  await system.rules(rules)

  interface WorkerView {
    id: string
    lanes: { lane: string; partitions: number[] }[]
  }
  const readersOf = async (name: string) =>
    (await api<{ workers: WorkerView[] }>('/workers')).body.workers.flatMap(({ id, lanes }) => {
      const { partitions = [] } = lanes.find(({ lane }) => lane === name) ?? {}
      return partitions.length > 0 ? [{ id, partitions }] : []
    })

  /** Starts a worker with two slots and a proxy of its own before the REST API. */
  async function startWorker(lane: string, mode: ApiProxy['mode'] = 'pass') {
    const proxy = await startApiProxy(t, system.scheduler.url)
    proxy.mode = mode
    const { pid } = system.worker(lane, 2, {
      DAYBOOK_URL: proxy.url,
      KINDS: 'send-invoice,cut-off',
      ...LEASE,
    })
    return { proxy, pid }
  }

  /** The answers to the starts of a job, as in `1 200`: attempt and status. */
  const startsOf = (id: string, ...proxies: ApiProxy[]) => {
    const lines = proxies.flatMap(({ answered }) =>
      answered.filter(line => line.includes(encodeURIComponent(id))),
    )
    return [...new Set(lines.map(line => line.replace(/.*attempts.(\d+).start/, '$1')))]
  }

  const both = [await startWorker('mail'), await startWorker('mail')] as const
  await api('/kinds/cut-off', { method: 'PUT', body: { ...rules, lane: 'island' } })
  const island = await startWorker('island', 'lose')
  const cutOff = await add({ invoice: 1 }, { kind: 'cut-off' })
  await until('both workers have partitions', async () => (await readersOf('mail')).length === 2)

  const setMode = (mode: ApiProxy['mode']) => {
    for (const { proxy } of both) proxy.mode = mode
  }
  /** Adds a job, and waits until one of the workers asks for its start and is held back. */
  async function addHeld(data: object) {
    setMode('hold')
    const id = await add({ invoice: 3, ...data }, { key: 'customer' })
    const asking = await until('a worker asks', () =>
      both.find(({ proxy }) => proxy.held.some(({ path }) => path.includes(encodeURIComponent(id)))),
    )
    const [first, second] = both
    const start = asking.proxy.held.at(-1) as HeldRequest
    return { id, start, asking, other: asking === first ? second : first }
  }

  t.test('each attempt of a strict kind asks, and starts after the answer only', async t => {
    const { id, start } = await addHeld({ failures: 1 })
    setMode('pass')
    t.match(await ended(await add({ invoice: 2 })), { state: 'succeeded' })
    t.notOk(await hasStarted(id), 'another job has run meanwhile')
    t.equal(await start.pass(), 200)
    t.match(await ended(id), { state: 'succeeded' })
    t.strictSame(startsOf(id, ...both.map(({ proxy }) => proxy)), ['1 200', '2 200'])
  })

  t.test('an attempt that is delivered to two workers runs on one of them', async t => {
    const lane = await watchTopic(t, system.stack, 'daybook.lane.mail')
    const { id, other, start } = await addHeld({ hold: 'twice' })
    t.equal(await start.pass(), 200)
    const due = await until('its record is read', () => lane.find(({ key }) => key === id))
    other.proxy.mode = 'pass'
    const asks = (JSON.parse(start.body) as { worker: string }).worker
    const [partition] = (await readersOf('mail')).find(one => one.id !== asks)?.partitions ?? []
    await deliverAgain(due, partition as number)
    await until('the other worker has asked too', () => startsOf(id, other.proxy).length > 0)
    t.strictSame(startsOf(id, other.proxy), ['1 409'])
    await release('twice')
    t.match(await ended(id), { state: 'succeeded', attempts: [{ outcome: 'succeeded' }] })
  })

  t.test('a worker that wakes after its lease has ended does not start what it was about to', async t => {
    const { id, asking, start, other } = await addHeld({ hold: 'woken' })
    process.kill(asking.pid, 'SIGSTOP')
    setMode('pass')
    const pids = async () =>
      (await lines('starts')).filter(line => line.id === id).map(({ pid }) => Number(pid))
    await until('the other worker runs it', async () => (await pids()).length > 0)
    t.equal(await start.pass(), 410)
    process.kill(asking.pid, 'SIGCONT')
    await release('woken')
    t.match((await ended(id)).attempts, [{ outcome: 'crashed' }, { outcome: 'succeeded' }])
    const fill = await Promise.all(
      ['a', 'b', 'c', 'd'].map(key => add({ invoice: 4, hold: 'fill' }, { key })),
    )
    for (const one of fill) await until('all four slots are free, and taken', () => hasStarted(one))
    await release('fill')
    for (const one of fill) await ended(one)
    t.strictSame(await pids(), [other.pid])
  })

  t.test('an attempt whose worker cannot ask is given back, and says why', async t => {
    const returned = await until('its attempt has ended', async () =>
      (await job(cutOff)).attempts.find(one => one.outcome),
    )
    t.match(returned, { outcome: 'returned', reason: 'late' })
    t.match(
      returned.error,
      `could not be asked whether the attempt may start: The scheduler at ${island.proxy.url} can't`,
    )
    t.notOk(await hasStarted(cutOff))
    island.proxy.mode = 'pass'
    t.match(await ended(cutOff), { state: 'succeeded', failures: 0 })
  })

  t.test('no attempt ran twice, and no key had two jobs at once', async t => {
    const runs = await readRuns(system, new Map())
    t.strictSame(repeatedIn(runs), [])
    const ofKey = new Set(
      (await api<{ jobs: { id: string }[] }>('/jobs?key=customer')).body.jobs.map(({ id }) => id),
    )
    t.equal(ofKey.size, 3)
    t.strictSame(overlapsIn(runs.filter(({ id }) => ofKey.has(id))), [])
  })

  /** Publishes a record of the lane once more. */
  async function deliverAgain(
    { key, value, headers }: { key: string; value: object; headers: Record<string, string> },
    partition: number,
  ): Promise<void> {
    const { Kafka, logLevel } = kafkajs
    const producer = new Kafka({ brokers: system.stack.brokers, logLevel: logLevel.NOTHING }).producer()
    t.teardown(() => producer.disconnect())
    await producer.connect()
    const record = { key, value: JSON.stringify(value), headers, partition }
    await producer.send({ topic: `${system.stack.prefix}daybook.lane.mail`, messages: [record] })
  }
})
