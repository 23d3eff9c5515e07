import { makeStack } from '@daybook/shared/testing'
import { test } from 'tap'
import { at, attemptOf, beat, makeOutcomes, probe, report, storedJob } from '../../../support/outcomes.ts'

/** Probes every 5 s. */
const probes = (from: number, to: number) =>
  Array.from({ length: (to - from) / 5 + 1 }, (_, i) => probe(from + i * 5))
const running = (worker: string) => ({ state: 'running' as const, worker, startedAt: at(0) })

test('the attempts of a lost worker crash; among several of them nobody knows the culprit', async t => {
  const { add, addMany, apply, job, told, worker } = await makeOutcomes(t, await makeStack(t))
  await add('alone', running('v'))
  await addMany([
    storedJob('a', running('w')),
    storedJob('b', running('w')),
    storedJob('sent', { worker: 'w' }),
  ])
  await apply(beat('w', 0), beat('v', 0), ...probes(0, 30))
  t.equal((await job('a')).state, 'running', 'the lease lasts to the end')
  await apply(probe(31))
  t.match(await job('alone'), { state: 'delayed', crashes: 1, suspect: true })
  for (const id of ['a', 'b']) t.match(await job(id), { state: 'ready', crashes: 0, suspect: true })
  t.ok(told.every(({ type }) => type === 'LeaseLost'))
  t.same(told.map(({ data }) => data.worker).sort(), ['v', 'w'])
  t.match(await worker('w'), { lostAt: at(31), running: [{ job: 'a' }, { job: 'b' }] })
})

test('a lost worker that wakes up is told so, starts nothing, and its outcomes are refused', async t => {
  const { add, apply, job, told, worker, deps } = await makeOutcomes(t, await makeStack(t))
  const refused: number[] = []
  deps.count.refused = count => void refused.push(count)
  await add('a', running('w'))
  await add('next', { startBy: at(99) })
  await apply(beat('w', 0), ...probes(0, 35))
  told.length = 0
  await apply(
    report('JobSucceeded', attemptOf('w', 'a'), 36),
    beat('w', 36),
    report('JobStarted', attemptOf('w', 'next'), 37),
  )
  t.match(await job('a'), { state: 'delayed', crashes: 1 })
  t.equal(refused.at(-1), 1)
  t.match(await job('next'), { state: 'ready', attempts: [{ reason: 'lost' }] })
  t.match(told, [{ type: 'LeaseLost', data: { worker: 'w' } }])
  t.same((await worker('w'))?.beatAt, at(0))
})

test('20,000 attempts of living workers do not hide one of a lost worker', async t => {
  const { addMany, apply, job, base } = await makeOutcomes(t, await makeStack(t))
  const many = Array.from({ length: 20_000 }, (_, i) => storedJob(`j${i}`, running(`alive${i % 4}`)))
  await addMany([...many, storedJob('a', running('w'))])
  const alive = (seconds: number) => [0, 1, 2, 3].map(i => beat(`alive${i}`, seconds))
  await apply(beat('w', 0), ...alive(0), ...probes(0, 30), ...alive(30), probe(35))
  t.equal((await job('a')).crashes, 1)
  t.equal(await base.jobs.countDocuments({ state: 'running' }), 20_000)
})

test('after an outage of the broker, and after an assignment, a lease counts anew', async t => {
  const { add, apply, job, spans } = await makeOutcomes(t, await makeStack(t))
  await add('a', running('w'))
  await apply(beat('w', 0), ...probes(0, 20))
  await apply(...probes(600, 625))
  t.equal((await job('a')).state, 'running', 'after an outage')
  spans.clear()
  await apply(...probes(630, 655))
  t.equal((await job('a')).state, 'running', 'after an assignment')
  await apply(probe(660))
  t.equal((await job('a')).crashes, 1)
})

test('an outcome between the query and the update of a lost lease counts, and so does the reverse', async t => {
  const { addMany, apply, deps, base } = await makeOutcomes(t, await makeStack(t))
  const ids = Array.from({ length: 300 }, (_, i) => `j${i}`)
  await addMany(ids.map(id => storedJob(id, running('w'))))
  const { ofWorker } = deps.attempts
  let first = true
  // The outcomes of a third of the attempts arrive after the sweep has read them.
  deps.attempts.ofWorker = async (...args) => {
    const found = await ofWorker(...args)
    const late = ids.filter((_, i) => first && i % 3 === 0)
    first = false
    if (late.length > 0) await apply(...late.map(id => report('JobSucceeded', attemptOf('w', id), 29)))
    return found
  }
  await apply(beat('w', 0), ...probes(0, 35))
  t.equal(await base.jobs.countDocuments({ state: 'succeeded' }), 100)
  t.equal(await base.jobs.countDocuments({ state: 'ready', suspect: true }), 200)
  const once = { attempts: { $size: 1 } }
  t.equal(await base.jobs.countDocuments(once), 300)
})

test('a sweep that is interrupted judges the rest as before', async t => {
  const { addMany, apply, deps, base } = await makeOutcomes(t, await makeStack(t))
  await addMany(['a', 'b'].map(id => storedJob(id, running('w'))))
  const { write } = deps.attempts
  deps.attempts.write = async changes => {
    deps.attempts.write = write
    await write(changes.slice(0, 1))
    throw new Error('killed')
  }
  await apply(beat('w', 0), ...probes(0, 30))
  await t.rejects(apply(probe(35)), { message: 'killed' })
  await apply(probe(35))
  t.equal(await base.jobs.countDocuments({ state: 'ready', suspect: true, crashes: 0 }), 2)
})

test('a worker that stops gives back what it runs, and is forgotten a day later', async t => {
  const { add, apply, job, worker } = await makeOutcomes(t, await makeStack(t))
  await add('a', running('w'))
  await apply(beat('w', 0), beat('w', 1, { state: 'stopped' }), ...probes(0, 60))
  t.match(await job('a'), { state: 'ready', crashes: 0, attempts: [{ reason: 'stopping' }] })
  t.match(await worker('w'), { state: 'stopped', lostAt: undefined })
  await apply(probe(86_400))
  t.ok(await worker('w'))
  await apply(probe(86_402))
  t.notOk(await worker('w'))
})
