import '../browser.ts'
import t from 'tap'
import type { Completion, Step, TaskHistory } from '../../src/history/read-history.ts'
import { wantedOf } from '../../src/history/search/wanted.ts'
import type { ListedJob } from '../../src/jobs/job/job.ts'

const { gapBefore } = await import('../../src/history/entry.ts')
const { timelineOf } = await import('../../src/history/timeline.ts')

const now = Date.parse('2026-11-27T10:00:30.000Z')
const id = '019ab0c0-0000-7000-8000-000000000001'
const trace = '4bf92f3577b34da6a3ce929d0e0e4736'

const step = (facts: Partial<Step> = {}): Step => ({
  ...{ id: `${id}:2`, taskId: id, userId: 'alice', sequence: 2, type: 'TaskCompleted', trace },
  ...{ time: '2026-11-27T10:00:00.000Z', day: '2026-11-27', timeZone: 'Europe/Berlin' },
  ...{ published: true, partition: 3, offset: '7', publishedAt: '2026-11-27T10:00:00.020Z' },
  ...facts,
})
const run = {
  ...{ id: '2026-11-27@Europe/Berlin', state: 'done', createdAt: '2026-11-27T23:00:00.000Z' },
  ...{ writingAt: null, doneAt: null },
}
const log: NonNullable<Completion['log']> = {
  ...{ state: 'written', file: '2026-11-27/alice.log', line: 4, revision: 1 },
  ...{ firstWrittenAt: '2026-11-27T23:00:01.000Z', writtenAt: '2026-11-27T23:00:01.000Z' },
  ...{ runs: ['2026-11-27@Europe/Berlin'], amendments: [] },
}
const completion = (facts: Partial<Completion> = {}): Completion => ({
  ...{ day: '2026-11-27', timeZone: 'Europe/Berlin', userId: 'alice', sequence: 2, takenBack: false },
  ...{
    completedAt: '2026-11-27T10:00:00.000Z',
    partition: 3,
    offset: '7',
    projectedAt: '2026-11-27T10:00:00.060Z',
    late: false,
    run: null,
    log: null,
  },
  ...facts,
})
const historyOf = (facts: Partial<TaskHistory>): TaskHistory => ({
  ...{ userId: 'alice', steps: [step()], nextAfter: null, completions: [], removedDays: [] },
  ...{ traced: { jobs: [], more: false }, ...facts },
})
const statesOf = (one: Step, completions: Completion[] | undefined, at = now, removedDays: string[] = []) => {
  const history = historyOf({ steps: [one], completions, removedDays })
  return Object.fromEntries((timelineOf(history, at)[0]?.entries ?? []).map(({ key, state }) => [key, state]))
}
const begun = { request: 'done', event: 'done', kafka: 'done' }

t.test('a completion goes from its request to a line of a file', async t => {
  t.strictSame(statesOf(step(), [completion({ run, log })]), {
    ...begun,
    ...{ projection: 'done', run: 'done', log: 'done' },
  })
  t.strictSame(statesOf(step({ type: 'TaskEdited', day: undefined as never }), []), begun)
})

t.test('before the end of the day, its run and log come later; after it they are late', async t => {
  t.match(statesOf(step(), [completion()]), { projection: 'done', run: 'waits', log: 'waits' })
  t.match(statesOf(step(), [completion()], now + 86_400_000), { run: 'late', log: 'waits' })
})

t.test('a missing step is late a minute after the one before it', async t => {
  const unpublished = step({ published: false, partition: null, offset: null, publishedAt: null })
  t.match(statesOf(unpublished, []), { kafka: 'waits', projection: 'waits' })
  t.match(statesOf(unpublished, [], now + 60_000), { kafka: 'late', projection: 'waits' })
  t.match(statesOf(step(), []), { projection: 'waits' })
  t.match(statesOf(step(), [], now + 60_000), { projection: 'late' })
  t.match(statesOf(step(), [completion({ sequence: 1 })]), { projection: 'waits' })
})

t.test('what nobody can say is not known, and not late', async t => {
  t.match(statesOf(step(), undefined, now + 900_000), { kafka: 'done', projection: 'unknown' })
  const old = step({ trace: null, partition: null, offset: null, publishedAt: null })
  t.match(statesOf(old, []), { request: 'unknown', kafka: 'unknown' })
})

const amendment: NonNullable<Completion['log']>['amendments'][number] = {
  ...{ revision: 2, writtenAt: '2026-11-28T06:00:00.000Z', run: run.id, reason: 'late', trace },
  ...{ completionsBefore: 3, completions: 4 },
}
const amendedEntries = (facts: Partial<typeof log>, one = step()) => {
  const { writtenAt } = amendment
  const completions = [completion({ run, log: { ...log, writtenAt, ...facts } })]
  const entries = timelineOf(historyOf({ steps: [one], completions }), now)[0]?.entries ?? []
  return entries.slice(entries.findIndex(({ key }) => key === 'log'))
}

t.test('each amendment of a log is a branch with its time, its run and why', async t => {
  const again = { ...amendment, ...{ revision: 3, reason: 'again' as const, trace: null } }
  const [written, late, ordered, ...others] = amendedEntries({ revision: 3, amendments: [amendment, again] })
  t.match(written, { at: log.firstWrittenAt, note: 'In revision 3 it is line 4 of the log of alice.' })
  const note = 'This event caused it. It got more completions after the day was closed: 3 became 4.'
  const title = 'Amended: revision 2'
  t.match(late, { title, at: amendment.writtenAt, note, isBranch: true, to: `/history?trace=${trace}` })
  t.strictSame(late?.ids, [
    ['Run', run.id],
    ['Trace', trace],
  ])
  t.match(ordered, { title: 'Amended: revision 3', note: 'An operator ordered to write it again.' })
  t.strictSame(others, [])
  const [, other] = amendedEntries({ revision: 2, amendments: [amendment] }, step({ trace: 'another' }))
  t.match(other, { note: /^It got more/ })
})

t.test('amendments of which nothing is stored are counted', async t => {
  const titles = (facts: Partial<typeof log>) => amendedEntries(facts).map(({ title }) => title)
  t.strictSame(titles({ revision: 4 }), ['Log file: revision 1', 'Amended 2 times', 'Amended: revision 4'])
  t.match(amendedEntries({ revision: 2, firstWrittenAt: null }), [
    { at: undefined },
    { note: /not stored\.$/ },
  ])
  const amendments = [{ ...amendment, revision: 3 }]
  t.strictSame(titles({ revision: 3, amendments }), [
    'Log file: revision 1',
    'Amended once',
    'Amended: revision 3',
  ])
})

t.test('a time of the projection that cannot be the first one is explained', async t => {
  const noteOf = (facts: Partial<Completion>) => {
    const begun = { ...run, writingAt: '2026-11-27T23:00:00.500Z' }
    const history = historyOf({ completions: [completion({ run: begun, ...facts })] })
    const entries = timelineOf(history, now)[0]?.entries ?? []
    return entries.find(({ key }) => key === 'projection')
  }
  const later = { projectedAt: '2026-12-24T10:00:00.000Z' }
  t.match(noteOf(later), { at: later.projectedAt, note: /the projection was rebuilt, or clocks differ\.$/ })
  t.match(noteOf({ ...later, late: true }), { note: /is written again\.$/ })
  t.match(noteOf({}), { at: '2026-11-27T10:00:00.060Z', note: 'It counts on 2026-11-27 in Europe/Berlin.' })
  t.match(noteOf({ projectedAt: null }), { at: undefined, state: 'done' })
})

t.test('a log that failed says why, and one without the line what that means', async t => {
  const failed = { ...log, state: 'failed' as const, error: 'no space' }
  t.match(statesOf(step(), [completion({ run, log: failed })]), { log: 'failed' })
  const without = { ...log, line: null }
  t.match(statesOf(step(), [completion({ run, log: without })]), { log: 'waits' })
  t.match(statesOf(step(), [completion({ run, log: without })], now, ['2026-11-27']), { log: 'unknown' })
  t.match(statesOf(step(), [completion({ run, log: without, takenBack: true })]), { log: 'done' })
})

t.test('an event that a later one of the same day replaced leads to that one', async t => {
  t.strictSame(statesOf(step(), [completion({ sequence: 3 })]), { ...begun, projection: 'done' })
})

t.test('the gap is the time since the step before that has a time', async t => {
  const history = historyOf({ completions: [completion({ run, log })] })
  const entries = timelineOf(history, now)[0]?.entries ?? []
  const gaps = entries.map((_, i) => gapBefore(entries, i))
  t.strictSame(gaps.slice(0, 4), [undefined, 0, 20, 40])
  t.equal(gaps[4], Date.parse(run.createdAt) - Date.parse('2026-11-27T10:00:00.060Z'))
  t.equal(gaps[5], 1000)
})

const job = (id: string, facts: Partial<ListedJob> = {}): ListedJob => ({
  ...{ id, kind: 'send-invoice', lane: 'default', state: 'succeeded', owner: 'shop', priority: 3, trace },
  ...{ addedAt: '2026-11-27T10:00:00.005Z', dueAt: '2026-11-27T10:00:00.005Z' },
  ...{ finishedAt: '2026-11-27T10:00:01.000Z', attempt: 1, failures: 0, crashes: 0 },
  ...facts,
})
const timelineWith = (jobs: ListedJob[], steps = [step()], completions = [completion({ run, log })]) => {
  const history = historyOf({ steps, completions, traced: { jobs, more: false } })
  return timelineOf(history, now).map(({ entries }) => entries)
}
const keysOf = (jobs: ListedJob[], steps?: Step[]) =>
  timelineWith(jobs, steps).map(entries => entries.map(({ key }) => key))

t.test('a job of the trace of an event is placed by its time, after the event', async t => {
  const ofEvent = ['request', 'event', 'kafka', 'projection', 'run', 'log']
  t.strictSame(keysOf([job('a', { trace: 'f'.repeat(32) })]), [ofEvent], 'the trace of other events')
  const early = job('early', { addedAt: '2026-11-27T09:59:00.000Z', finishedAt: '2026-11-27T09:59:59.000Z' })
  const late = job('late', { finishedAt: '2026-11-27T23:00:00.500Z' })
  t.strictSame(keysOf([late, job('soon'), early]), [
    ['request', 'event', 'job early', 'kafka', 'projection', 'job soon', 'run', 'job late', 'log'],
  ])
})

t.test('of several events of a trace the last one before a job has it', async t => {
  const steps = ['09:59:58', '10:00:00', '10:00:02'].map((time, i) =>
    step({ id: `${id}:${i}`, type: 'TaskEdited', day: undefined as never, time: `2026-11-27T${time}.000Z` }),
  )
  const of = (addedAt: string) => keysOf([job('a', { addedAt })], steps).map(keys => keys.includes('job a'))
  t.strictSame(of('2026-11-27T10:00:00.005Z'), [false, true, false])
  t.strictSame(of('2026-11-27T10:00:09.000Z'), [false, false, true])
  t.strictSame(of('2026-11-27T09:00:00.000Z'), [true, false, false], 'the job caused the events')
})

t.test('a job says how it is, and leads to its page', async t => {
  const entryOf = (facts: Partial<ListedJob>) =>
    timelineWith([job('a/1', facts)])[0]?.find(({ key }) => key === 'job a/1')
  t.match(entryOf({}), {
    ...{ title: 'Job send-invoice', state: 'done', at: '2026-11-27T10:00:01.000Z', to: '/jobs/a%2F1' },
    ids: [['Job', 'a/1']],
  })
  t.match(entryOf({ state: 'failed', reason: 'error', error: 'Error: no route\n  at x' }), {
    state: 'failed',
    note: 'Error: no route',
  })
  t.match(entryOf({ state: 'failed', reason: 'timeout' }), { note: 'timeout' })
  t.match(entryOf({ state: 'cancelled' }), { state: 'ended', word: 'cancelled' })
  const waiting = entryOf({ state: 'waiting', finishedAt: undefined as never })
  t.match(waiting, { state: 'waits', word: 'waiting', at: '2026-11-27T10:00:00.005Z', note: /waits/ })
})

t.test('of very many jobs of an event those that failed are shown, and how many are left', async t => {
  const many = Array.from({ length: 30 }, (_, i) => job(`job-${i}`))
  const [entries = []] = timelineWith([...many, job('bad', { state: 'failed' })])
  const shown = entries.filter(({ key }) => key.startsWith('job '))
  t.equal(shown.length, 10)
  t.ok(shown.some(({ key }) => key === 'job bad'))
  t.match(entries.at(-1), { title: '21 more jobs', to: `/history?trace=${trace}` })
})

t.test('ids of tasks, events and traces are told from names', async t => {
  t.strictSame(wantedOf(` ${id.toUpperCase()} `), { task: id })
  t.strictSame(wantedOf(`${id}:12`), { task: id })
  t.strictSame(wantedOf(trace), { trace })
  t.strictSame(wantedOf(`00-${trace}-00f067aa0ba902b7-01`), { trace })
  t.strictSame(wantedOf('Buy bread: 2 kg'), { name: 'Buy bread: 2 kg' })
  t.equal(wantedOf('  '), undefined)
})
