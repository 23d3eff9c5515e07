import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { until } from '@daybook/shared/testing'
import { SMTPServer } from 'smtp-server'
import type { Test } from 'tap'
import { startJobSystem } from './support/job-system.ts'
import type { StartWorker } from './support/workers.ts'

/**
 * Tests the twelve things for which people use job systems, with one kind of job of a user.
 * @param startWorker starts the worker, in one of the languages
 */
export async function testCapabilities(t: Test, startWorker: StartWorker): Promise<void> {
  const mails = await receiveMails(t)
  const system = await startJobSystem(t, startWorker, {
    env: {
      SMTP_URL: `smtp://127.0.0.1:${mails.port}`,
      MAIL_FROM: 'daybook@example.org',
      MAIL_TO: 'ops@example.org',
    },
  })
  const { api, job, add, inState, ended, rules, release, hasStarted } = system
  await rules({ backoff: { initial: 'PT1S' } })
  const workers = [system.worker('mail', 2), system.worker('mail', 2), system.worker('mail', 2)]
  system.worker('solo', 4)
  const alive = async () => (await api<{ workers: WorkerView[] }>('/workers')).body.workers
  await until('all workers own partitions', async () => {
    const owning = (await alive()).filter(one => one.lanes.some(({ partitions }) => partitions.length > 0))
    return owning.length === 4
  })

  await t.test('asynchronous and synchronous execution', async t => {
    const answer = await api<{ id: string }>('/jobs', {
      body: { kind: 'send-invoice', data: { invoice: 1 } },
    })
    t.equal(answer.status, 202)
    t.equal(answer.headers.get('location'), `/jobs/${answer.body.id}`)
    t.match(await ended(answer.body.id), { state: 'succeeded', result: { sent: 1 } })
    const waited = await api('/jobs', {
      body: { kind: 'send-invoice', data: { invoice: 2 } },
      headers: { prefer: 'wait=60' },
    })
    t.equal(waited.status, 200)
    t.match(waited.body, { state: 'succeeded', result: { sent: 2 } })
  })

  await t.test('periodic', async t => {
    const body = { every: 'PT1S', job: { kind: 'send-invoice', data: { invoice: 3 } } }
    t.equal((await api('/schedules/each-second', { method: 'PUT', body })).status, 201)
    const two = await until('two jobs of the schedule have succeeded', async () => {
      const { body } = await api<{ jobs: { id: string; state: string }[] }>(
        '/jobs?kind=send-invoice&state=succeeded',
      )
      const made = body.jobs.filter(({ id }) => id.startsWith('firing:each-second:'))
      return made.length >= 2 && made
    })
    t.equal((await api('/schedules/each-second', { method: 'DELETE' })).status, 204)
    t.equal(new Set(two.map(({ id }) => id)).size, two.length, 'each slot has a job of its own')
  })

  await t.test('delayed', async t => {
    const id = await add({ invoice: 4 }, { in: 'PT2S' })
    t.match(await job(id), { state: 'waiting', waiting: { reason: 'time' } })
    const { state, attempts, dueAt } = await ended(id)
    t.equal(state, 'succeeded')
    t.ok(Date.parse(attempts[0]?.startedAt ?? '') >= Date.parse(dueAt) - 50, 'it starts when it is due')
  })

  await t.test('distributed over N workers', async t => {
    const ids = await Promise.all(
      Array.from({ length: 6 }, (_, i) => add({ invoice: i, hold: 'distributed' })),
    )
    await until('all have started', async () =>
      (await Promise.all(ids.map(id => hasStarted(id)))).every(Boolean),
    )
    const pids = await Promise.all(ids.map(id => readFile(join(system.marks, `${id}.1`), 'utf8')))
    t.equal(new Set(pids).size, workers.length, 'each worker runs some of them')
    await release('distributed')
    for (const id of ids) t.equal((await ended(id)).state, 'succeeded')
  })

  await t.test('concurrency inside a worker', async t => {
    await rules({ lane: 'solo' })
    const ids = await Promise.all(
      Array.from({ length: 5 }, (_, i) => add({ invoice: i, hold: 'concurrent' })),
    )
    const started = async () => (await Promise.all(ids.map(id => hasStarted(id)))).filter(Boolean).length
    await until('four have started', async () => (await started()) === 4)
    t.equal(await started(), 4, 'the fifth waits for a slot')
    await release('concurrent')
    for (const id of ids) t.equal((await ended(id)).state, 'succeeded')
    await rules({ backoff: { initial: 'PT1S' } })
  })

  await t.test('retry on exception', async t => {
    const id = await add({ invoice: 7, failures: 2 })
    const view = await ended(id)
    t.match(view, { state: 'succeeded', result: { sent: 7 } })
    t.match(view.attempts, [{ outcome: 'failed' }, { outcome: 'failed' }, { outcome: 'succeeded' }])
    t.match(view.attempts[0]?.error, 'the mail server refused invoice 7')
    const hopeless = await ended(await add({ invoice: 8, hopeless: true }))
    t.match(hopeless, { state: 'failed', error: /can never be sent/ })
    t.equal(hopeless.attempts.length, 1)
  })

  await t.test('rate limit per kind and global', async t => {
    // The handlers note when they start.
    const startsOf = async (ids: string[]) => {
      await Promise.all(ids.map(ended))
      return (await system.lines('starts')).filter(({ id }) => ids.includes(id)).map(({ at }) => at)
    }
    const inAnySecond = (starts: number[]) =>
      Math.max(...starts.map(from => starts.filter(at => at >= from && at < from + 1000).length))
    await rules({ rate: { limit: 5, per: 'PT1S' } })
    const limited = await Promise.all(Array.from({ length: 12 }, (_, i) => add({ invoice: i })))
    t.ok(inAnySecond(await startsOf(limited)) <= 5, 'no second has more than five starts')
    t.match(
      (await api('/limits/smtp', { method: 'PUT', body: { rate: { limit: 3, per: 'PT1S' } } })).status,
      201,
    )
    await rules({ limits: ['smtp'] })
    const global = await Promise.all(Array.from({ length: 8 }, (_, i) => add({ invoice: i })))
    t.ok(inAnySecond(await startsOf(global)) <= 3, 'no second has more than three starts')
    await rules({ backoff: { initial: 'PT1S' } })
  })

  await t.test('routing', async t => {
    const nowhere = await (async () => {
      await rules({ lane: 'nowhere' })
      return add({ invoice: 9 })
    })()
    const waits = await until('the reason is known', async () => {
      const view = await job(nowhere)
      return view.waiting?.reason === 'no-worker-on-lane' && view
    })
    t.match(waits, { state: 'waiting' })
    t.equal((await api(`/jobs/${nowhere}/cancel`, { method: 'POST' })).status, 200)
    t.equal((await job(nowhere)).state, 'cancelled')
    await rules({ lane: 'solo' })
    const there = await ended(await add({ invoice: 10 }))
    const solo = (await alive()).find(({ lanes }) => lanes.some(({ lane }) => lane === 'solo'))
    t.equal(there.attempts[0]?.worker, solo?.id, 'the worker of the lane ran it')
    await rules({ backoff: { initial: 'PT1S' } })
  })

  await t.test('monitoring', async t => {
    const id = await add({ invoice: 11, hold: 'monitored', steps: 3 })
    await inState(id, 'running')
    const busy = await until('a worker shows the job', async () =>
      (await alive()).find(({ running }) => running.some(one => one.job === id)),
    )
    t.match(busy, { kinds: ['send-invoice'], slots: 2 })
    t.match(
      await until('progress is known', async () => {
        const view = await job(id)
        return view.progress?.done === 3 && view
      }),
      { progress: { done: 3, total: 3 } },
    )
    const metrics = (await api<string>('/metrics')).body
    t.match(metrics, /^daybook_jobs_running\{.*kind="send-invoice".*\} 1$/m)
    t.match(metrics, /^daybook_jobs_finished_total\{.*kind="send-invoice".*outcome="succeeded".*\} \d+$/m)
    await release('monitored')
    await ended(id)
  })

  await t.test('subtasks', async t => {
    const jobs = Array.from({ length: 5 }, (_, i) => ({
      kind: 'send-invoice',
      data: { invoice: i, hopeless: i === 0 },
    }))
    const answer = await api<{ group: string }>('/jobs/batch', {
      body: { jobs, then: { kind: 'send-invoice', data: { invoice: 100 } } },
    })
    t.equal(answer.status, 202)
    const last = await until('the continuation has ended', async () => {
      const view = await job(`${answer.body.group}:then`)
      return view.state === 'succeeded' && view
    })
    t.match(last.result, {
      sent: 100,
      cause: { group: answer.body.group, counts: { total: 5, succeeded: 4, failed: 1 } },
    })
    t.match((await api(`/groups/${answer.body.group}`)).body, {
      state: 'finished',
      counts: { succeeded: 4, failed: 1 },
    })
    const chain = await add({ invoice: 12 }, { then: { kind: 'send-invoice', data: { invoice: 13 } } })
    t.match((await ended(chain)).result, { sent: 12 })
    const next = await until('the continuation of the job has ended', async () => {
      const view = await job(`${chain}:then`)
      return view.state === 'succeeded' && view
    })
    t.match(next.result, { sent: 13, cause: { job: chain, result: { sent: 12 } } })
  })

  await t.test('mail on exceptions', async t => {
    await rules({ attempts: 1, mailTo: ['billing@example.org'] })
    const id = await add({ invoice: 14, failures: 9 })
    t.equal((await ended(id)).state, 'failed')
    const mail = await until('a mail has arrived', () =>
      mails.received.find(one => one.includes('invoice 14')),
    )
    t.match(mail, /^To: .*billing@example\.org/m)
    t.match(mail, id)
    await rules({ backoff: { initial: 'PT1S' } })
  })

  await t.test('status', async t => {
    const unknown = await api('/jobs/there-is-no-such-job')
    t.equal(unknown.status, 404)
    const id = await add({ invoice: 15, hold: 'status' }, { in: 'PT1S' })
    t.match(await job(id), { state: 'waiting', waiting: { reason: 'time' }, attempts: [] })
    await inState(id, 'running')
    await release('status')
    const { body, headers } = await until('it has ended', async () => {
      const answer = await api<{ state: string }>(`/jobs/${id}`)
      return answer.body.state === 'succeeded' && answer
    })
    t.match(body, { id, state: 'succeeded', attempts: [{ attempt: 1, outcome: 'succeeded' }] })
    const again = await api(`/jobs/${id}`, { headers: { 'if-none-match': headers.get('etag') ?? '' } })
    t.equal(again.status, 304)
  })
}

interface WorkerView {
  id: string
  lanes: { lane: string; partitions: number[] }[]
  kinds: string[]
  slots: number
  running: { job: string; attempt: number }[]
}

/** Receives mails by SMTP. @returns the port, and the texts of the mails, an array that grows */
async function receiveMails(t: Test): Promise<{ port: number; received: string[] }> {
  const received: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', part => parts.push(part))
      stream.on('end', () => {
        received.push(Buffer.concat(parts).toString())
        done()
      })
    },
  })
  t.teardown(() => new Promise<void>(resolve => server.close(() => resolve())))
  const listening = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', () => listening.resolve())
  await listening.promise
  const address = server.server.address()
  return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, received }
}
