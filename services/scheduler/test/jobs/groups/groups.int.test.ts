import type { OutgoingMessage } from '@daybook/shared/kafka'
import { until } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { startGroups } from '../../../src/jobs/groups/start-groups.ts'
import type { JobGroup } from '../../../src/jobs/stored/job-group.ts'
import { makeAdding } from '../../support/adding.ts'
import { end } from '../../support/job-life.ts'

const member = { request: { kind: 'part' } }
const then = { kind: 'sum', data: 'end' }

async function makeGroups(t: Test) {
  const rig = await makeAdding(t)
  const sent: OutgoingMessage[] = []
  const kafka = {
    async publish(_topic: string, messages: OutgoingMessage[]) {
      sent.push(...messages)
      return { appendedAt: undefined }
    },
  }
  const { groups, stop } = startGroups(rig.base, rig.adding, { kafka, retention: 86_400_000 })
  t.teardown(stop)
  const find = async (id: string) => (await rig.base.groups.findById(id).lean<JobGroup>()) ?? undefined
  const finished = (id: string) =>
    until(`the group ${id} finished`, async () => {
      const group = await find(id)
      return group?.state === 'finished' && group.thenDue === undefined ? group : undefined
    })
  const job = (id: string) => rig.base.jobs.findById(id).lean()
  return { ...rig, groups, sent, find, finished, job }
}

test('the last jobs of a group end at once, and its continuation is added once', async t => {
  const { base, groups, finished, job, sent } = await makeGroups(t)
  const jobs = Array.from({ length: 20 }, () => member)
  const added = await groups.addGroup({ id: 'g', owner: 'alice', jobs, then, open: false })
  t.match(added, { id: 'g', status: 'added', jobs: jobs.map((_, i) => `g:${String(i).padStart(3, '0')}`) })
  await end(base, added.jobs.slice(0, 18))
  t.equal(await job('g:then'), null)
  await Promise.all([end(base, ['g:018'], 'failed'), end(base, ['g:019'])])
  t.match(await finished('g'), { counts: { total: 20, succeeded: 19, failed: 1 } })
  t.match(await job('g:then'), {
    kind: 'sum',
    owner: 'alice',
    data: '"end"',
    cause: JSON.stringify({
      group: 'g',
      counts: { total: 20, succeeded: 19, failed: 1, cancelled: 0, expired: 0 },
    }),
  })
  await until('GroupFinished is published', () => sent.length > 0)
  t.match(
    sent.map(({ key, value }) => [key, JSON.parse(String(value)).counts.total]),
    [['g', 20]],
  )
})

test('a group finishes when its last job is cancelled or expires', async t => {
  const { base, groups, finished, job } = await makeGroups(t)
  for (const state of ['cancelled', 'expired'] as const) {
    const jobs = [member, member]
    await groups.addGroup({ id: state, owner: 'alice', jobs, then: { ...then, on: 'success' }, open: false })
    await end(base, [`${state}:000`])
    await end(base, [`${state}:001`], state)
    t.match(await finished(state), { counts: { total: 2, succeeded: 1, [state]: 1 } })
    t.equal(await job(`${state}:then`), null, 'the continuation is only for success')
  }
})

test('a job that is added while its group is closed is refused or belongs to the group', async t => {
  const { base, groups, finished } = await makeGroups(t)
  for (let i = 0; i < 8; i += 1) {
    const { id } = await groups.addGroup({ owner: 'alice', jobs: [], open: true })
    const adding = Array.from({ length: 5 }, () => groups.addToGroup(id, { jobs: [member, member] }))
    const [, ...outcomes] = await Promise.allSettled([groups.close(id), ...adding])
    const accepted = outcomes.flatMap(outcome => (outcome.status === 'fulfilled' ? outcome.value.jobs : []))
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') t.match(outcome.reason, { code: 'DAYBOOK_GROUP_CLOSED' })
    t.equal(await base.jobs.countDocuments({ group: id }), accepted.length)
    await end(base, accepted)
    t.equal((await finished(id)).counts?.total, accepted.length)
  }
})

test('jobs that a group has accepted are stored after a crash, and count', async t => {
  const { base, groups, finished } = await makeGroups(t)
  const at = new Date(base.now().getTime() - 60_000)
  // As a process leaves it that is killed after the first write.
  const batch = { id: 'b', at, jobs: JSON.stringify([{ id: 'b:0', ...member }]) }
  await base.groups.create({ _id: 'g', state: 'open', owner: 'alice', addedAt: at, batches: [batch] })
  await groups.close('g')
  await until('the job is stored', async () => (await base.jobs.countDocuments({ _id: 'b:0' })) === 1)
  await end(base, ['b:0'])
  t.match(await finished('g'), { counts: { total: 1, succeeded: 1 } })
})

test('a group that finished just before a crash is continued once', async t => {
  const { base, groups, adding, finished, job } = await makeGroups(t)
  const counts = { total: 0, succeeded: 0, failed: 0, cancelled: 0, expired: 0 }
  const done = { state: 'finished', owner: 'alice', addedAt: base.now(), counts, then: JSON.stringify(then) }
  await base.groups.create({ _id: 'g', ...done, thenDue: true } as never)
  const jobs = [{ id: 'last', owner: 'alice', request: { kind: 'part', then } }]
  await adding.add(jobs)
  await base.jobs.updateOne({ _id: 'last' }, { $set: { state: 'succeeded', thenDue: true, result: '7' } })
  await finished('g')
  await until('the job is continued', async () => (await job('last'))?.thenDue === undefined)
  t.match(await job('last:then'), { cause: '{"job":"last","state":"succeeded","result":7}' })
  // The marks are lost: the continuations are found to be added.
  await base.groups.updateOne({ _id: 'g' }, { $set: { thenDue: true } })
  await base.jobs.updateOne({ _id: 'last' }, { $set: { thenDue: true } })
  await end(base, ['g:then'])
  await finished('g')
  await until('the job is continued again', async () => (await job('last'))?.thenDue === undefined)
  t.equal(await base.jobs.countDocuments({ kind: 'sum' }), 2)
  await groups.addGroup({ id: 'empty', owner: 'alice', jobs: [], then, open: false })
  t.match(await finished('empty'), { counts })
})

test('a chain of jobs is added one by one, until one fails', async t => {
  const { base, add, job } = await makeGroups(t)
  await add({ kind: 'a', then: { kind: 'b', then: { kind: 'c', data: 1 } } }, 'x')
  await end(base, ['x'], 'succeeded', { got: [1] })
  await until('b is added', async () => (await job('x:then')) !== null)
  t.match(await job('x:then'), { kind: 'b', cause: '{"job":"x","state":"succeeded","result":{"got":[1]}}' })
  await end(base, ['x:then'], 'failed')
  await add({ kind: 'a', then: { kind: 'd', on: 'finish' } }, 'y')
  await end(base, ['y'], 'failed')
  await until('d is added', async () => (await job('y:then')) !== null)
  t.equal(await job('x:then:then'), null)
})

test('the same group twice is one group, and faults have pointers', async t => {
  const { groups, base, find } = await makeGroups(t)
  const group = { id: 'g', owner: 'alice', jobs: [member, { id: 'mine', ...member }], open: true }
  const both = await Promise.all([groups.addGroup(group), groups.addGroup(group)])
  t.match(both.map(({ status }) => status).sort(), ['added', 'exists'])
  t.notOk('counts' in ((await find('g')) ?? {}))
  await t.rejects(groups.addGroup({ ...group, jobs: [] }), { code: 'DAYBOOK_JOB_CONFLICT' })
  t.match(await groups.addToGroup('g', { id: 'more', jobs: [member] }), {
    status: 'added',
    jobs: ['more:000'],
  })
  await groups.close('g')
  t.match(await groups.addToGroup('g', { id: 'more', jobs: [member] }), { status: 'exists' })
  await t.rejects(groups.addToGroup('g', { jobs: [member] }), { code: 'DAYBOOK_GROUP_CLOSED' })
  await t.rejects(groups.addToGroup('none', { jobs: [member] }), { code: 'DAYBOOK_GROUP_NOT_FOUND' })
  t.equal(await base.jobs.countDocuments(), 3)
  const twice = {
    owner: 'alice',
    open: false,
    jobs: [
      { id: 'a', ...member },
      { id: 'a', ...member },
    ],
  }
  await t.rejects(groups.addGroup(twice), {
    code: 'DAYBOOK_REQUEST_INVALID',
    faults: [{ pointer: '/jobs/1/job' }],
  })
  const late = { request: { kind: 'part', in: 'P500D' } }
  const faulty = {
    owner: 'alice',
    open: false,
    jobs: [member, late],
    then: { kind: 'sum', data: 'x'.repeat(70_000) },
  }
  await t.rejects(groups.addGroup({ ...faulty, then }), {
    code: 'DAYBOOK_REQUEST_INVALID',
    faults: [{ pointer: '/jobs/1/in' }],
  })
  await t.rejects(groups.addGroup(faulty), {
    code: 'DAYBOOK_REQUEST_INVALID',
    faults: [{ pointer: '/then/data' }],
  })
})
