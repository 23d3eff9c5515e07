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
const meets =
  ({ owner, kind, key, group, states, error }: JobFilter) =>
  (job: Job) =>
    (owner === undefined || job.owner === owner) &&
    (kind === undefined || job.kind === kind) &&
    (key === undefined || job.key === key) &&
    (group === undefined || job.group === group) &&
    (states === undefined || states.includes(job.state)) &&
    (error === undefined || (job.error ?? '').toLowerCase().includes(error.toLowerCase()))

// 5 is coprime to the number of values of each condition, so the sample has every value.
const everyFifth = (_: JobFilter, i: number) => i % 5 === 0

// With 10, the jobs that wait are too many to sort, and pages end before they have examined a whole index.
for (const maxExamined of [10, 5000]) {
  test(`every combination of conditions finds its jobs, ${maxExamined} examined for a page`, async t => {
    const { list, jobs } = await listWith(t, maxExamined)
    for (const filter of filters.filter(maxExamined === 10 || LONG ? Boolean : everyFifth)) {
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

test('while thousands of jobs wait, the newest of them are found without reading the others', async t => {
  const model = jobModel((await makeStack(t)).db)
  await createIndexes(model)
  const ids = Array.from({ length: 3000 }, (_, i) => `job-${String(i).padStart(4, '0')}`)
  await model.collection.insertMany(ids.map(id => storedJob(id, { state: 'ready' })) as never[])
  const searches: ReturnType<typeof model.collection.find>[] = []
  const find = model.collection.find.bind(model.collection)
  model.collection.find = ((...given: Parameters<typeof find>) => {
    const cursor = find(...given)
    searches.push(cursor)
    return cursor
  }) as typeof find
  const list = openJobList(model)
  const page = await list.page({ states: ['delayed', 'ready', 'held'] }, { limit: 2, fields: [] })
  t.match(page, { rows: [{ _id: 'job-2999' }, { _id: 'job-2998' }], after: 'job-2998' })
  const costs = await Promise.all(searches.map(search => search.clone().explain('executionStats')))
  const read = costs.reduce((sum, { executionStats }) => sum + executionStats.totalDocsExamined, 0)
  t.ok(read < 20, `at most 20 of 3000 are read: ${read}`)
})
