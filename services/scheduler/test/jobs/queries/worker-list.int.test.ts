import { createIndexes } from '@daybook/shared/mongo/model'
import { makeStack } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { MAX_RUNNING, openWorkerList, type WorkerList } from '../../../src/jobs/queries/worker-list-store.ts'
import type { JobWorker } from '../../../src/jobs/stored/job-worker.ts'
import { workerModel } from '../../../src/jobs/stored/worker-model.ts'

const at = new Date('2026-11-22T08:30:00Z')

const worker = (n: number, changes: Partial<JobWorker> = {}): JobWorker => ({
  _id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  name: 'mailer',
  version: '1',
  via: 'kafka',
  lanes: [{ lane: 'default', partitions: [0] }],
  kinds: ['send-invoice'],
  slots: 4,
  running: [],
  blockedMs: 0,
  state: 'working',
  partition: 0,
  beatAt: at,
  ended: 0,
  ...changes,
})

const running = (count: number) => Array.from({ length: count }, (_, n) => ({ job: `job-${n}`, attempt: 1 }))

async function listOf(t: Test, workers: JobWorker[]) {
  const model = workerModel((await makeStack(t)).db)
  await createIndexes(model)
  await model.collection.insertMany(workers as never[])
  return { list: openWorkerList(model), model }
}

/** The numbers of all workers of a list, page by page. */
async function all(list: WorkerList, limit: number, q?: string) {
  const found: number[] = []
  let after: Parameters<WorkerList['page']>[0]['after']
  for (;;) {
    const page = await list.page({ q, after, limit })
    found.push(...page.map(({ _id }) => Number(_id.slice(24))))
    const last = page.at(-1)
    if (last === undefined || page.length < limit) return found
    after = { stopped: last.state === 'stopped', name: last.name, id: last._id }
  }
}

test('the list of workers', async t => {
  const { list } = await listOf(t, [
    worker(1, { name: 'zip', running: running(3) }),
    worker(2, { state: 'stopped', name: 'adder' }),
    worker(3, { state: 'quiet', slots: 2, running: running(MAX_RUNNING + 1) }),
    worker(4, { lanes: [{ lane: 'images', partitions: [] }], kinds: ['resize (a.b)'] }),
    worker(5, { state: 'stopping', lostAt: at }),
    worker(6, { state: 'stopped' }),
    worker(7),
  ])

  await t.test(
    'has each worker once, page by page, those that have stopped last, and both by name',
    async t => {
      for (const limit of [1, 2, 3, 100]) t.strictSame(await all(list, limit), [3, 4, 5, 7, 1, 2, 6])
    },
  )

  await t.test('finds a text in names, ids, lanes and kinds, in upper or lower case', async t => {
    t.strictSame(await all(list, 1, 'MAIL'), [3, 4, 5, 7, 6])
    t.strictSame(await all(list, 100, '000000000004'), [4])
    t.strictSame(await all(list, 100, 'Image'), [4])
    t.strictSame(await all(list, 100, '(A.B'), [4])
    t.strictSame(await all(list, 100, 'none'), [])
  })

  await t.test('counts those that are alive', async t => {
    t.strictSame(await list.count(), { alive: 4, running: MAX_RUNNING + 4, slots: 14 })
    t.strictSame(await list.count('zip'), { alive: 1, running: 3, slots: 4 })
    t.strictSame(await list.count('none'), { alive: 0, running: 0, slots: 0 })
  })

  await t.test('has the first attempts of a worker, and how many there are', async t => {
    const [first] = await list.page({ q: '000000000003', limit: 1 })
    t.strictSame(first?.running, running(MAX_RUNNING))
    t.equal(first?.runningCount, MAX_RUNNING + 1)
  })
})

test('a page examines no more workers than it has, also among many of the same name', async t => {
  const states = ['working', 'stopped', 'quiet'] as const
  const workers = Array.from({ length: 90 }, (_, n) => worker(n, { state: states[n % 3] ?? 'working' }))
  const { list, model } = await listOf(t, workers)
  const sent: object[][] = []
  const aggregate = model.collection.aggregate.bind(model.collection)
  model.collection.aggregate = ((...given: Parameters<typeof aggregate>) => {
    sent.push(given[0] ?? [])
    return aggregate(...given)
  }) as typeof aggregate
  const place = { name: 'mailer', id: workers[59]?._id ?? '' }
  for (const stopped of [true, false]) {
    sent.length = 0
    t.equal((await list.page({ after: { stopped, ...place }, limit: 5 })).length, 5)
    const [pipeline = []] = sent
    const cost = await aggregate(pipeline, { hint: 'list' }).explain('executionStats')
    t.match(cost.executionStats ?? cost.stages[0].$cursor.executionStats, { totalDocsExamined: 5 })
  }
})
