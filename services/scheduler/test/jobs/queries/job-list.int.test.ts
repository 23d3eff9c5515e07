import { createIndexes } from '@daybook/shared/mongo/model'
import { LONG, makeStack } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import type { JobFilter } from '../../../src/jobs/queries/job-filter.ts'
import { type JobList, openJobList } from '../../../src/jobs/queries/job-list-store.ts'
import { finalStates, type Job, openStates } from '../../../src/jobs/stored/job.ts'
import { jobModel } from '../../../src/jobs/stored/job-model.ts'
import { storedJob } from '../../support/stored-jobs.ts'

const states = [...openStates, ...finalStates]
const owners = ['alice', 'bob']
const kinds = ['send-invoice', 'resize']
const keys = ['customer-7', 'customer-8', undefined]
const groups = ['group-1', undefined]
const [traceA = '', traceB = ''] = ['a', 'b'].map(digit => digit.repeat(32))

/** Some hundred jobs with every combination of what a list can ask for, in the descending order of their ids. */
function everyCombination(): Job[] {
  const combinations = states.flatMap(state =>
    owners.flatMap(owner =>
      kinds.flatMap(kind => keys.flatMap(key => groups.map(group => ({ state, owner, kind, key, group })))),
    ),
  )
  const jobs = combinations.map(({ key, group, ...fields }, i) =>
    // 7919 is coprime to the number of jobs, so that the order of ids is not that of the combinations.
    storedJob(`job-${String((i * 7919) % combinations.length).padStart(4, '0')}`, {
      ...fields,
      ...(key === undefined ? {} : { key }),
      ...(group === undefined ? {} : { group }),
      ...(fields.state === 'failed' ? { reason: 'error', error: `Error: code E${i % 3} (a.b)` } : {}),
      ...(i % 3 === 0
        ? {}
        : { traceparent: `00-${i % 3 === 1 ? traceA : traceB}-${String(i).padStart(16, '0')}-01` }),
      ...(fields.state === 'held' ? { gate: 'key:x' } : {}),
    }),
  )
  return jobs.sort((a, b) => (a._id < b._id ? 1 : -1))
}

async function listWith(t: Test, maxExamined: number) {
  const stack = await makeStack(t)
  const model = jobModel(stack.db)
  await createIndexes(model)
  const jobs = everyCombination()
  await model.collection.insertMany(jobs as never[])
  return { list: openJobList(model, maxExamined), jobs, model }
}

/** All ids of a list, page by page, and the most jobs that a page had. */
async function allIds(list: JobList, filter: JobFilter, limit: number) {
  const ids: string[] = []
  let after: string | undefined
  do {
    const page = await list.page(filter, { after, limit, fields: ['state'] })
    if (page.rows.length > limit) throw new Error('The page is too long')
    ids.push(...page.rows.map(({ _id }) => _id))
    after = page.after
  } while (after !== undefined)
  return ids
}

const filters: JobFilter[] = [
  ...[undefined, ...states].map((state): JobFilter => ({ states: state && [state] })),
  { states: ['delayed', 'ready', 'held'] } satisfies JobFilter,
].flatMap(byState =>
  [undefined, 'alice'].flatMap(owner =>
    [undefined, 'resize'].flatMap(kind =>
      [undefined, 'customer-8'].flatMap(key =>
        [undefined, 'group-1'].map(group => ({ ...byState, owner, kind, key, group })),
      ),
    ),
  ),
)
const ofTraces = filters
  .filter(({ key, group }) => key === undefined && group === undefined)
  .map((filter, i): JobFilter => ({ ...filter, trace: i % 2 === 0 ? [traceA] : [traceA, traceB] }))
const meets =
  ({ owner, kind, key, group, trace, states, error }: JobFilter) =>
  (job: Job) =>
    (owner === undefined || job.owner === owner) &&
    (kind === undefined || job.kind === kind) &&
    (key === undefined || job.key === key) &&
    (group === undefined || job.group === group) &&
    (trace === undefined || trace.some(one => job.traceparent?.startsWith(`00-${one}-`))) &&
    (states === undefined || states.includes(job.state)) &&
    (error === undefined || (job.error ?? '').toLowerCase().includes(error.toLowerCase()))

// 5 is coprime to the number of values of each condition, so the sample has every value.
const everyFifth = (_: JobFilter, i: number) => i % 5 === 0

// With 10, the jobs that wait are too many to sort, and pages end before they have examined a whole index.
for (const maxExamined of [10, 5000]) {
  test(`every combination of conditions finds its jobs, ${maxExamined} examined for a page`, async t => {
    const { list, jobs } = await listWith(t, maxExamined)
    for (const filter of [...filters, ...ofTraces].filter(
      maxExamined === 10 || LONG ? Boolean : everyFifth,
    )) {
      const expected = jobs.filter(meets(filter)).map(({ _id }) => _id)
      t.strictSame(await allIds(list, filter, 30), expected, JSON.stringify(filter))
    }
  })
}

test('a text is the beginning of an id or a part of an error', async t => {
  const { list, jobs } = await listWith(t, 10)
  const ids = (q: string, filter: JobFilter = {}) => allIds(list, { ...filter, q }, 5)
  const expected = (is: (job: Job) => boolean) => jobs.filter(is).map(({ _id }) => _id)
  t.strictSame(
    await ids('job-010'),
    expected(({ _id }) => _id.startsWith('job-010')),
  )
  t.strictSame(
    await ids('CODE e1 (a.b)'),
    expected(({ error = '' }) => error.includes('E1')),
  )
  t.strictSame(await ids('code e1 (axb)'), [], 'it is no regular expression')
  t.strictSame(await ids('code', { states: ['running'] }), [])
  t.strictSame(
    await ids('job-0', { kind: 'resize', states: ['running'] }),
    expected(({ kind, state }) => kind === 'resize' && state === 'running'),
  )
  t.strictSame(await ids('\0'), [])
})

test('jobs that change between the pages are not passed over and not repeated', async t => {
  const { list, jobs, model } = await listWith(t, 10)
  const first = await list.page({ kind: 'resize' }, { limit: 20, fields: [] })
  await model.updateMany({ state: { $in: ['ready', 'running'] } }, { $set: { state: 'succeeded' } })
  await model.collection.insertMany([storedJob('job-9999', { kind: 'resize' })] as never[])
  const seen = first.rows.map(({ _id }) => _id)
  for (let { after } = first; after !== undefined; ) {
    const page = await list.page({ kind: 'resize' }, { after, limit: 20, fields: [] })
    seen.push(...page.rows.map(({ _id }) => _id))
    after = page.after
  }
  t.strictSame(
    seen,
    jobs.filter(({ kind }) => kind === 'resize').map(({ _id }) => _id),
  )
})

/** Opens lists over these jobs. `read` says how many jobs, and by which indexes, their searches have read. */
async function watchedList(t: Test, jobs: Job[]) {
  const model = jobModel((await makeStack(t)).db)
  await model.collection.insertMany(jobs as never[])
  await createIndexes(model)
  const searches: ReturnType<typeof model.collection.find>[] = []
  const find = model.collection.find.bind(model.collection)
  model.collection.find = ((...given: Parameters<typeof find>) => {
    const cursor = find(...given)
    searches.push(cursor)
    return cursor
  }) as typeof find
  const read = async () => {
    const costs = await Promise.all(
      searches.splice(0).map(search => search.clone().explain('executionStats')),
    )
    return {
      jobs: costs.reduce((sum, { executionStats }) => sum + executionStats.totalDocsExamined, 0),
      plans: JSON.stringify(costs.map(({ queryPlanner }) => queryPlanner.winningPlan)),
    }
  }
  return { list: openJobList(model), read }
}

const numbered = (i: number) => `job-${String(i).padStart(4, '0')}`

test('while thousands of jobs wait, the newest of them are found without reading the others', async t => {
  const jobs = Array.from({ length: 3000 }, (_, i) => storedJob(numbered(i), { state: 'ready' }))
  const { list, read } = await watchedList(t, jobs)
  const page = await list.page({ states: ['delayed', 'ready', 'held'] }, { limit: 2, fields: [] })
  t.match(page, { rows: [{ _id: 'job-2999' }, { _id: 'job-2998' }], after: 'job-2998' })
  const cost = await read()
  t.ok(cost.jobs < 20, `at most 20 of 3000 are read: ${cost.jobs}`)
})

test('the jobs of traces are found by one search of their index, without reading the others', async t => {
  const traces = Array.from({ length: 300 }, (_, i) => i.toString(16).padStart(32, '0'))
  const jobs = traces.map((trace, i) =>
    storedJob(numbered(i), i === 7 ? {} : { traceparent: `00-${trace}-00f067aa0ba902b7-01` }),
  )
  const { list, read } = await watchedList(t, jobs)
  const page = await list.page({ trace: traces.slice(0, 50) }, { limit: 200, fields: [] })
  t.equal(page.rows.length, 49, 'one job came without a trace')
  t.match(page.rows[0], { _id: 'job-0049' })
  const cost = await read()
  t.equal(cost.jobs, 49)
  t.match(cost.plans, /"indexName":"trace"/)
  t.equal(cost.plans.split('IXSCAN').length - 1, 1)
})
