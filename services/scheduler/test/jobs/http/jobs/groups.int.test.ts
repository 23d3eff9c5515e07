import { until } from '@daybook/shared/testing'
import t from 'tap'
import { makeJobApi } from '../../../support/job-api.ts'

interface Body {
  group: string
  jobs: string[]
  state: string
  counts: Record<string, number>
  failures: { job: string; error?: string }[]
  results: { job: string; state: string; result?: unknown; error?: string }[]
  nextCursor: string | null
  type: string
  errors?: { pointer: string }[]
}

const { alice, bob, operator, nobody, base, stored } = await makeJobApi(t)
const jobs = (count: number) => Array.from({ length: count }, (_, i) => ({ kind: 'resize', data: i }))

/** Ends a job as a worker's report would. */
const end = (id: string | undefined, fields: object) =>
  base.jobs.updateOne({ _id: id as string }, { $set: { finishedAt: new Date(), ...fields } })
const succeed = (id: string | undefined) => end(id, { state: 'succeeded', result: '{"ok":true}' })
const fail = (id: string | undefined) => end(id, { state: 'failed', reason: 'error', error: 'Error: x' })

t.test('jobs are added as a group, which counts them and shows their results', async t => {
  const answer = await alice<Body>('/jobs/batch', { body: { jobs: jobs(5), then: { kind: 'publish' } } })
  t.equal(answer.status, 202)
  const { group, jobs: ids } = answer.body
  t.equal(answer.headers.get('location'), `/groups/${group}`)
  t.strictSame(await Promise.all(ids.map(async id => (await stored(id)).data)), ['0', '1', '2', '3', '4'])

  await succeed(ids[0])
  await fail(ids[1])
  const { body } = await alice<Body>(`/groups/${group}`)
  t.match(body, {
    id: group,
    state: 'closed',
    counts: { total: 5, waiting: 3, succeeded: 1, failed: 1 },
    failures: [{ job: ids[1], error: 'Error: x' }],
    then: { kind: 'publish' },
  })
  const first = await alice<Body>(`/groups/${group}/results?limit=3`)
  t.equal(first.body.results.length, 3)
  for (const id of ids) await succeed(id)
  const next = await alice<Body>(`/groups/${group}/results?limit=3&cursor=${first.body.nextCursor}`)
  t.equal(next.body.nextCursor, null)
  const all = [...first.body.results, ...next.body.results]
  t.strictSame(all.map(({ job }) => job).sort(), [...ids].sort(), 'each job is on one page')
  t.match(next.body.results[0], { state: 'succeeded', result: { ok: true } })

  const finished = await until('the group has finished', async () => {
    const { body } = await alice<Body>(`/groups/${group}`)
    return body.state === 'finished' ? body : undefined
  })
  t.match(finished.counts, { total: 5, succeeded: 5, waiting: 0 })
})

t.test('jobs can be added to an open group until it is closed', async t => {
  const { body } = await alice<Body>('/jobs/batch', { body: { jobs: [], close: false, group: 'open-1' } })
  t.equal(body.group, 'open-1')
  const more = await alice<Body>('/groups/open-1/jobs', { body: { jobs: jobs(2) } })
  t.equal(more.status, 202)
  t.equal(more.body.jobs.length, 2)
  t.match((await alice<Body>('/groups/open-1')).body, { state: 'open', counts: { waiting: 2 } })
  for (const _ of ['first', 'again']) {
    const closed = await alice<Body>('/groups/open-1/close', { method: 'POST' })
    t.match(closed, { status: 200, body: { state: 'closed', counts: { total: 2 } } })
  }
  const late = await alice<Body>('/groups/open-1/jobs', { body: { jobs: jobs(1) } })
  t.match(late, { status: 409, body: { type: 'urn:daybook:error:DAYBOOK_GROUP_CLOSED' } })
})

t.test('the same request under one id or key adds the jobs once', async t => {
  const body = { jobs: jobs(2), group: 'once' }
  const first = await alice<Body>('/jobs/batch', { body })
  const again = await alice<Body>('/jobs/batch', { body })
  t.match(again, { status: 200, body: { group: 'once', jobs: first.body.jobs } })
  const other = await alice<Body>('/jobs/batch', { body: { ...body, jobs: jobs(3) } })
  t.match(other, { status: 409, body: { type: 'urn:daybook:error:DAYBOOK_JOB_CONFLICT' } })
  const keyed = { body: { jobs: jobs(1) }, headers: { 'idempotency-key': 'batch 1' } }
  const [one, two] = [await alice<Body>('/jobs/batch', keyed), await alice<Body>('/jobs/batch', keyed)]
  t.strictSame([one.status, two.status, two.body], [202, 200, one.body])
})

t.test('a batch has at most 1,000 jobs, and one bad job refuses all', async t => {
  const full = await alice<Body>('/jobs/batch', { body: { jobs: jobs(1000), group: 'full' } })
  t.equal(full.status, 202)
  t.match((await alice<Body>('/groups/full')).body.counts, { total: 1000 })
  const pointers = async (list: unknown[]) => {
    const answer = await alice<Body>('/jobs/batch', { body: { jobs: list, group: 'bad' } })
    t.equal(answer.status, 400)
    return answer.body.errors?.map(({ pointer }) => pointer)
  }
  t.strictSame(await pointers(jobs(1001)), ['/jobs'])
  t.strictSame(await pointers([...jobs(2), { kind: 'resize', data: 'x'.repeat(65_535) }]), ['/jobs/2/data'])
  t.strictSame(await pointers([{ kind: 'Bad' }]), ['/jobs/0/kind'])
  t.equal((await alice('/groups/bad')).status, 404)
})

t.test('the groups that the handler of a job has made are found by the job', async t => {
  const { body } = await alice<{ id: string }>('/jobs', { body: { kind: 'sum-up' } })
  for (const group of ['second', 'first']) {
    await alice<Body>('/jobs/batch', { body: { jobs: jobs(2), group } })
    await base.groups.updateOne({ _id: group }, { $set: { parent: body.id } })
  }
  const groups = [
    { id: 'first', parent: body.id, counts: { total: 2 } },
    { id: 'second', counts: { waiting: 2 } },
  ]
  t.match(await alice(`/groups?parent=${body.id}`), { status: 200, body: { groups } })
  t.match(await operator(`/groups?parent=${body.id}`), { body: { groups } })
  t.match(await bob<Body>(`/groups?parent=${body.id}`), {
    status: 404,
    body: { type: /DAYBOOK_JOB_NOT_FOUND/ },
  })
})

t.test('a group of somebody else is hidden', async t => {
  await alice<Body>('/jobs/batch', { body: { jobs: jobs(1), close: false, group: 'mine' } })
  const requests: [string, object?][] = [
    ['/groups/mine'],
    ['/groups/mine/results'],
    ['/groups/mine/close', { method: 'POST' }],
    ['/groups/mine/jobs', { body: { jobs: jobs(1) } }],
  ]
  for (const [path, options] of requests) {
    t.match(await bob<Body>(path, options), { status: 404, body: { type: /DAYBOOK_GROUP_NOT_FOUND/ } }, path)
    t.equal((await nobody(path, options)).status, 403)
  }
  t.equal((await operator('/groups/mine')).status, 200)
})
