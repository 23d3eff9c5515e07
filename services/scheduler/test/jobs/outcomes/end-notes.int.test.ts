import { makeStack, until } from '@daybook/shared/testing'
import { test } from 'tap'
import type { EndNote } from '../../../src/jobs/outcomes/end-notes/end-note-store.ts'
import type { Job } from '../../../src/jobs/stored/job.ts'
import { at, attemptOf, beat, makeOutcomes, report, storedJob, T0 } from '../../support/outcomes.ts'

type Made = Awaited<ReturnType<typeof makeOutcomes>>

const notesOf = ({ base }: Made) => base.connection.collection<EndNote>('job_end_notes')
const told = ({ published }: Made) => published.map(({ data }) => data.job).toSorted()
const succeed = (made: Made, ids: string[], data = {}) =>
  made.apply(beat('w', 0), ...ids.map(id => report('JobSucceeded', { ...attemptOf('w', id), ...data }, 2)))
const ended = (id: string, changes: Partial<Job> = {}) =>
  storedJob(id, { state: 'succeeded', finishedAt: at(2), ...changes })

test('jobs that succeed at once have one note, until their events are published', async t => {
  const made = await makeOutcomes(t, await makeStack(t))
  const { add, apply, job, deps, relay } = made
  const then = JSON.stringify({ kind: 'next' })
  const past = Array.from({ length: 10 }, (_, i) => ({
    ...{ attempt: i + 1, endedAt: at(0), outcome: 'returned' as const },
  }))
  await add('a', { state: 'running', worker: 'w', startedAt: at(1), then })
  await add('b', { expiresAt: at(60), expiryFrom: at(0), suspect: true })
  await add('c', { attempt: 11, attempts: past })
  const { publishEnds } = deps
  let noted: EndNote[] = []
  deps.publishEnds = async (note, events) => {
    noted = await notesOf(made).find({}).toArray()
    await publishEnds(note, events)
  }
  await apply(
    beat('w', 0),
    report('JobSucceeded', { ...attemptOf('w', 'a'), result: { $sum: '$x' } }, 2),
    report('JobStarted', attemptOf('w', 'b'), 1),
    report('JobSucceeded', { ...attemptOf('w', 'b'), result: 'long'.repeat(5000) }, 2),
    report('JobSucceeded', attemptOf('w', 'c', 11), 2),
  )
  await relay.stop()
  t.match(noted, [{ jobs: ['a', 'c'] }], 'a job with a long result is stored alone')
  t.strictSame(told(made), ['a', 'b', 'c'])
  t.equal(await notesOf(made).countDocuments(), 0)
  const [a, b, c] = await Promise.all([job('a'), job('b'), job('c')])
  const [attempt] = a.attempts ?? []
  t.match(a, { state: 'succeeded', result: '{"$sum":"$x"}', thenDue: true })
  t.match(attempt, { attempt: 1, worker: 'w', startedAt: at(1), endedAt: a.finishedAt, outcome: 'succeeded' })
  for (const field of ['worker', 'startedAt', 'startBy', 'end']) t.notOk(field in a, `no ${field}`)
  t.match(b, { state: 'succeeded', attempts: [{ startedAt: at(1) }] })
  t.match(c, { state: 'succeeded', finishedAt: a.finishedAt })
  t.strictSame(
    c.attempts?.map(({ attempt }) => attempt),
    [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  )
  t.notOk('result' in c)
})

test('after a crash before they are published, another process publishes the ends of jobs', async t => {
  const stack = await makeStack(t)
  const died = await makeOutcomes(t, stack)
  for (const id of ['a', 'b']) await died.add(id, { key: 'k1', group: 'g' })
  died.deps.publishEnds = async () => {}
  await succeed(died, ['a', 'b'])
  await died.relay.stop()
  t.strictSame(told(died), [])
  // Older than what the process that wrote it may still publish.
  await notesOf(died).updateMany({}, { $set: { at: at(2) } })
  await died.base.jobs.updateMany({}, { $set: { finishedAt: at(2) } })
  const other = await makeOutcomes(t, stack)
  await until('the note is gone', async () => (await notesOf(other).countDocuments()) === 0)
  t.strictSame(told(other), ['a', 'b'])
  const data = { state: 'succeeded', attempts: 1, kind: 'k', key: 'k1', group: 'g' }
  t.match(other.published[0], {
    type: 'JobFinished',
    data: { ...data, finishedAt: at(2).toISOString(), addedAt: new Date(T0).toISOString() },
  })
})

test('a note tells nothing about jobs that have not ended as it says, and waits for those in hand', async t => {
  const stack = await makeStack(t)
  const first = await makeOutcomes(t, stack)
  await first.addMany([
    ended('ended'),
    ended('later', { finishedAt: at(3) }),
    ended('failed', { state: 'failed' }),
    storedJob('waits', { state: 'ready' }),
    storedJob('sent'),
    storedJob('runs', { state: 'running', worker: 'w' }),
  ])
  const jobs = ['ended', 'later', 'failed', 'waits', 'sent', 'runs', 'gone']
  await notesOf(first).insertOne({ _id: 'n', at: at(2), jobs })
  await first.relay.stop()
  const second = await makeOutcomes(t, stack)
  await until('the note is narrowed', async () => (await notesOf(second).findOne({}))?.jobs.length === 2)
  t.strictSame((await notesOf(second).findOne({}))?.jobs.toSorted(), ['runs', 'sent'])
  t.strictSame(told(second), ['ended'])
  await second.base.jobs.updateOne({ _id: 'runs' }, { $set: { state: 'succeeded', finishedAt: at(2) } })
  await second.base.jobs.updateOne({ _id: 'sent' }, { $set: { state: 'ready' } })
  await second.relay.stop()
  // The second process would hold the lease of sweeps for some more seconds.
  await second.base.connection.collection('outbox_sweepers').deleteMany({})
  const third = await makeOutcomes(t, stack)
  await until('the note is gone', async () => (await notesOf(third).countDocuments()) === 0)
  t.strictSame(told(third), ['runs'])
})

test('while Kafka is away, the note stays for a sweep', async t => {
  const made = await makeOutcomes(t, await makeStack(t))
  for (const id of ['a', 'b']) await made.add(id)
  made.outage(true)
  await succeed(made, ['a', 'b'])
  await made.relay.stop()
  t.match(await notesOf(made).find({}).toArray(), [{ jobs: ['a', 'b'] }])
  t.match(await made.job('a'), { state: 'succeeded' })
})

test('events that an earlier version stored in jobs are published, before the later ones of the same job', async t => {
  const made = await makeOutcomes(t, await makeStack(t))
  const stored = (id: string, state: string) => ({
    storedAt: at(0),
    event: {
      ...{ id: `${id}:finished:1`, type: 'JobFinished', source: '/daybook/scheduler', subject: id },
      ...{ time: at(0).toISOString(), data: { job: id, state } },
    },
  })
  await made.add('old', { state: 'succeeded', outbox: [stored('old', 'succeeded')] })
  await made.add('again', { outbox: [stored('again', 'failed')] })
  for (const id of ['a', 'b']) await made.add(id)
  await succeed(made, ['again', 'a', 'b'])
  const next = await makeOutcomes(t, { db: made.base.connection } as never)
  const all = () => [...made.published, ...next.published]
  const statesOf = (id: string) => all().flatMap(({ data }) => (data.job === id ? [data.state] : []))
  await until('all are published', () =>
    ['old', 'again', 'a', 'b'].every(id => statesOf(id).includes('succeeded')),
  )
  t.equal(statesOf('again')[0], 'failed')
  await until(
    'no event is left',
    async () => (await made.base.jobs.countDocuments({ outbox: { $exists: true } })) === 0,
  )
})
