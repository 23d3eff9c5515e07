import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runShell, type SeenRecord, token, until, watchTopic } from '@daybook/shared/testing'
import { dayOf, endOfDay } from '@daybook/shared/time/days'
import t from 'tap'
import type { Completion } from '../../src/projection/completion.ts'
import type { RunAnswer } from '../support/reporting.ts'
import { completed, endPauses, makeBench, startReporting } from '../support/reporting.ts'

interface RerunAnswer {
  id: string
  state: string
  total: number
  done: number
  requests: number
  written: number
  changed: number
  failed: number
  failures: { user: string; error: string }[]
  days: {
    day: string
    timeZone: string
    state: string
    how?: string
    log?: { state: string; revision: number }
  }[]
}
interface ListedAnswer {
  reruns: { id: string }[]
  nextCursor: string | null
}
interface ProblemAnswer {
  type: string
  detail: string
  errors?: { pointer: string }[]
}

const typeOf = ({ headers }: SeenRecord) => headers.ce_type
const wait = { prefer: 'wait' }

t.test('POST /runs', async t => {
  const bench = await makeBench(t)
  const { publish, endDay, path, read } = bench
  const reporting = await startReporting(t, bench.stack)
  const reports = await watchTopic(t, bench.stack, 'daybook.reports')
  const clock = await watchTopic(t, bench.stack, 'daybook.clock')
  const reported = (day: string) => reports.filter(({ value }) => value.day === day).map(typeOf)
  const order = <Body = RerunAnswer>(body: unknown, headers: Record<string, string> = {}) =>
    reporting.operator<Body>('/runs', { body, headers })
  const rerun = async (id: string) => (await reporting.operator<RerunAnswer>(`/reruns/${id}`)).body

  const count = () => bench.stack.db.collection('reruns').countDocuments()

  const [first, second] = ['2026-06-01', '2026-06-02']
  const [water, mow] = [completed('alice', first), completed('alice', first, { name: 'Mow the lawn' })]
  await publish(water, mow, completed('bob', first), completed('bob', second))
  for (const day of [first, second]) await endDay(day)
  for (const day of [first, second]) await reporting.runDone(day)
  await until('both days are reported', () => reports.length === 2)

  t.test('a lost log file is restored by one call, with damaged task files', async t => {
    const [log, names] = [await read(first, 'alice.log'), await bench.list(first, 'alice')]
    const [damaged, lost] = names as [string, string]
    const text = await read(first, 'alice', damaged)
    for (const file of ['alice.log', 'bob.log']) await rm(path(first, file))
    await rm(path(first, 'alice', lost))
    await writeFile(path(first, 'alice', damaged), 'damaged')

    const { status, headers, body } = await order({ day: first, user: 'alice' }, wait)
    t.equal(status, 200)
    t.equal(headers.get('preference-applied'), 'wait=60')
    t.match(body, { state: 'done', total: 1, done: 1, requests: 1, written: 1, changed: 0, failed: 0 })
    t.match(body.days, [
      { day: first, timeZone: 'UTC', how: 'again', log: { state: 'written', revision: 1 } },
    ])
    t.equal(await read(first, 'alice.log'), log)
    t.equal(await read(first, 'alice', damaged), text)
    t.strictSame(await bench.list(first, 'alice'), names)
    t.equal(await read(first, 'bob.log'), undefined, 'the logs of others are left alone')
  })

  t.test('only logs that could not be written are written again', async t => {
    await reporting.operator('/runs')
    const records = bench.stack.db.collection<{ _id: string }>('user_logs')
    await records.updateOne({ _id: `${first}/bob` }, { $set: { state: 'failed', error: 'No space' } })
    const listed = async () => {
      const { body } = await reporting.operator<{ runs: RunAnswer[] }>('/runs')
      return body.runs.find(({ id }) => id === `${first}@UTC`)
    }
    t.match(await listed(), { failed: 1, written: 1, firstError: 'No space' })
    const failed = { day: first, timeZone: 'UTC', failed: true }
    t.match((await order({ ...failed, dryRun: true })).body, { failedOnly: true, written: 1, changed: 1 })
    const { body } = await order(failed, wait)
    t.match(body, { failedOnly: true, state: 'done', requests: 1, written: 2, failed: 0 })
    t.match(await records.findOne({ _id: `${first}/bob` }), { state: 'written' })
    t.match(await listed(), { failed: 0, written: 2, firstError: null })
    t.match((await order({ ...failed, user: 'bob' })).body, { errors: [{ pointer: '/failed' }] })
    const ofRun = (run: string, query = '') =>
      reporting
        .operator<ListedAnswer>(`/reruns?run=${encodeURIComponent(run)}${query}`)
        .then(({ body }) => body)
    const newest = await ofRun(`${first}@UTC`, '&limit=1')
    t.match(newest.reruns, [
      { id: body.id, failedOnly: true, ofRun: { timeZone: 'UTC', state: 'done', requests: 1, written: 2 } },
    ])
    const rest = await ofRun(`${first}@UTC`, `&cursor=${newest.nextCursor}`)
    t.match(rest, { reruns: [{ user: 'alice', ofRun: { how: 'again', written: 1 } }], nextCursor: null })
    for (const run of [`${second}@UTC`, `${first}@Europe/Berlin`])
      t.strictSame((await ofRun(run)).reruns, [], run)
  })

  t.test('a range of days is written again for all users, and nothing is announced', async t => {
    await rm(path(second, 'bob.log'))
    const { status, headers, body } = await order({ from: first, to: second, timeZone: 'utc' })
    t.equal(status, 202)
    t.equal(headers.get('location'), `/reruns/${body.id}`)
    const { body: done } = await reporting.operator<RerunAnswer>(`/reruns/${body.id}`, { headers: wait })
    t.match(done, {
      state: 'done',
      total: 2,
      done: 2,
      requests: 3,
      handled: 3,
      users: 3,
      completions: 4,
      written: 3,
    })
    t.match(done, { changed: 0, failed: 0, failures: [] })
    for (const day of [first, second]) t.match(await read(day, 'bob.log'), /\tWater the plants\n/)
    t.strictSame([...reported(first), ...reported(second)], ['DayReported', 'DayReported'])
  })

  t.test('a day without a run gets one, which waits for tasks and reports the day', async t => {
    const day = '2026-06-03'
    await publish(completed('alice', day), completed('carol', day, { timeZone: 'Asia/Kolkata' }))
    await until(
      'both are projected',
      async () => (await reporting.dayOf('carol', day)).completions.length > 0,
    )
    t.match((await reporting.run(`${day}@UTC`)).body, { type: 'urn:daybook:error:DAYBOOK_RUN_PENDING' })
    const { body } = await order({ day })
    t.match(body.days, [{ timeZone: 'Asia/Kolkata' }, { timeZone: 'UTC' }], 'in each time zone of the day')
    const ended = () =>
      clock.filter(({ value, headers }) => headers.ce_type === 'EndOfDay' && value.day === day)
    await until('the day is ended in both', () => ended().length === 2)
    const closing = await until('the run is made', async () => {
      const { body } = await reporting.run(`${day}@UTC`)
      return body.state === 'closing' && body
    })
    t.match(closing, { state: 'closing' })
    t.match(await rerun(body.id), { state: 'running', done: 0, days: [{ state: 'following' }, {}] })
    await bench.tasksPublished(endOfDay(day, 'UTC'))
    const { body: done } = await reporting.operator<RerunAnswer>(`/reruns/${body.id}`, { headers: wait })
    t.match(done, { state: 'done', users: 2, written: 2, changed: 2, days: [{ how: 'run' }, { how: 'run' }] })
    await until('both zones are reported', () => reported(day).length === 2)
    t.strictSame(reported(day), ['DayReported', 'DayReported'])
  })

  t.test('a day that was never ended, and on which nothing was completed, is found empty', async t => {
    const [day, timeZone] = ['2026-06-04', 'Europe/Berlin']
    const { body } = await order({ day, timeZone })
    await until(
      'the run waits for tasks',
      async () => (await reporting.run(`${day}@${timeZone}`)).status === 200,
    )
    await bench.tasksPublished(endOfDay(day, timeZone))
    const { body: done } = await reporting.operator<RerunAnswer>(`/reruns/${body.id}`, { headers: wait })
    t.match(done, { state: 'done', written: 0, days: [{ how: 'empty' }] })
    t.match((await reporting.run(`${day}@${timeZone}`)).body, { type: 'urn:daybook:error:DAYBOOK_DAY_EMPTY' })
    const again = await order({ day, timeZone }, wait)
    t.match(again, { status: 200, body: { days: [{ how: 'empty' }] } }, 'a closed empty day needs no run')
    const nobody = await order({ day: first, user: 'nobody' }, wait)
    t.match(nobody, { status: 200, body: { state: 'done', total: 0, days: [] } })
  })

  t.test('the commands of docs/operations.md work as they stand', async t => {
    const page = await readFile(join(import.meta.dirname, '../../../../docs/operations.md'), 'utf8')
    const [section = ''] = /^### Write days again$(?:.|\n)*?^### /m.exec(page) ?? []
    const [, restore = ''] = /^```sh\n(.*?)^```$/ms.exec(section) ?? []
    const script = restore.replaceAll('http://127.0.0.1:3002', reporting.url).replaceAll('2026-11-22', first)
    await rm(path(first, 'alice.log'))
    const env = { TOKEN: await token('operator', { admin: true }) }
    const answer = JSON.parse(await runShell(t, script, { cwd: t.testdir(), env })) as RerunAnswer
    t.match(answer, { state: 'done', days: [{ log: { state: 'written' } }] })
    t.match(await read(first, 'alice.log'), /Water the plants/)
  })

  t.test('a dry run says what would be written, and changes nothing', async t => {
    const day = '2026-06-06'
    const users = ['fine', 'lost', 'damaged', 'changed']
    const events = users.map(user => completed(user, day))
    await publish(...events)
    await endDay(day)
    await reporting.runDone(day)
    await publish(completed('new', '2026-06-07'))
    await until(
      'it is projected',
      async () => (await reporting.dayOf('new', '2026-06-07')).completions.length > 0,
    )
    await rm(path(day, 'lost.log'))
    await writeFile(path(day, 'damaged.log'), 'damaged')
    const completions = bench.stack.db.collection<Completion>('completions')
    await completions.updateOne({ userId: 'changed', day }, { $set: { name: 'Other' } })
    const [files, told, orders] = [await bench.list(day), clock.length, await count()]

    const { status, body } = await order({ from: day, to: '2026-06-08', dryRun: true }, wait)
    t.match(
      { status, body },
      { status: 200, body: { id: null, state: 'dryRun', total: 2, changed: 2, written: 5 } },
    )
    const differences = [
      { user: 'changed', why: 'content' },
      { user: 'damaged', why: 'damaged' },
      { user: 'lost', why: 'missing' },
    ]
    const reportedDay = {
      how: 'again',
      users: 4,
      completions: 4,
      compared: 4,
      changed: 1,
      restored: 2,
      differences,
    }
    const missedDay = { how: 'run', users: 1, compared: 1, differences: [{ user: 'new', why: 'new' }] }
    t.match(body.days, [{ day, ...reportedDay }, missedDay])
    const ofLost = await order({ day, user: 'lost', dryRun: true })
    t.match(ofLost.body.days, [{ users: 1, completions: 1, compared: 1, differences: [{ user: 'lost' }] }])
    t.strictSame([await bench.list(day), clock.length, await count()], [files, told, orders])
    t.match((await order({ day, user: 'fine', dryRun: true })).body.days, [
      { written: 1, changed: 0, restored: 0 },
    ])

    const ages = bench.stack.db.collection<{ _id: string }>('log_ages')
    await ages.updateOne({ _id: 'log_files' }, { $set: { removedThrough: day } }, { upsert: true })
    const aged = await order({ day, dryRun: true })
    await ages.deleteOne({ _id: 'log_files' })
    const left = { changed: 1, restored: 0 }
    t.match(aged.body.days, [left], 'files that were removed because of their age are not missing')
  })

  t.test('progress is a stream of events, until the rerun and the run are done', async t => {
    const day = '2026-06-09'
    await publish(completed('alice', day))
    await until('it is projected', async () => (await reporting.dayOf('alice', day)).completions.length > 0)
    const { body } = await order({ day, timeZone: 'UTC' })
    await until('the run is made', async () => (await reporting.run(`${day}@UTC`)).status === 200)
    const streams = [`/reruns/${body.id}/progress`, `/runs/${day}%40UTC/progress`].map(path =>
      reporting.operator<string>(path),
    )
    await bench.tasksPublished(endOfDay(day, 'UTC'))
    const [ofRerun, ofRun] = (await Promise.all(streams)).map(({ headers, body }) => {
      t.equal(headers.get('content-type'), 'text/event-stream')
      return [...body.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data) as RerunAnswer)
    })
    t.match(ofRerun?.at(-1), { id: body.id, state: 'done', total: 1, done: 1, written: 1 })
    t.equal(ofRerun?.at(-1)?.days, undefined)
    t.match(ofRun?.at(-1), { id: `${day}@UTC`, state: 'done', written: 1 })
    for (const path of ['/runs/2020-02-29%40UTC/progress', `/reruns/${randomUUID()}/progress`])
      t.equal((await reporting.operator(path)).status, 404)
  })

  t.test('a log that gets other bytes amends its day', async t => {
    const completions = bench.stack.db.collection<Completion>('completions')
    await completions.updateOne({ taskId: mow.data.taskId }, { $set: { name: 'Mow the meadow' } })
    const { body } = await order({ day: first }, wait)
    t.match(body, { state: 'done', written: 2, changed: 1, failed: 0 })
    t.match(await read(first, 'alice.log'), /\tMow the meadow\n/)
    const amended = await until('the day is amended', () => reports.find(one => typeOf(one) === 'DayAmended'))
    t.match(amended.value, { day: first, userId: 'alice', revision: 2 })
    t.match((await order({ day: first, user: 'alice' }, wait)).body.days, [
      { log: { state: 'amended', revision: 2 } },
    ])
  })

  t.test('a log that cannot be written is named, and can be written again later', async t => {
    const day = '2026-06-05'
    await mkdir(path(day, 'dora.log', 'in the way'), { recursive: true })
    await publish(completed('dora', day))
    await endDay(day)
    await until('the run is done', async () => {
      await endPauses(bench.stack)
      return (await reporting.run(`${day}@UTC`)).body.state === 'done'
    })
    const { body } = await order({ day })
    const failed = await until('the log is given up', async () => {
      await endPauses(bench.stack)
      const found = await rerun(body.id)
      return found.state === 'done' && found
    })
    t.match(failed, { written: 0, failed: 1, failures: [{ day, user: 'dora', error: /EISDIR/ }] })
    const letters = async () =>
      (await reporting.operator<{ total: { count: number } }>('/dead-letters?key=dora')).body.total.count
    t.equal(await letters(), 2)
    await rm(path(day, 'dora.log'), { recursive: true })
    const done = await order({ day, user: 'dora' }, wait)
    t.match(done.body, {
      written: 1,
      changed: 1,
      failed: 0,
      days: [{ log: { state: 'written', revision: 1 } }],
    })
    t.equal(await letters(), 0)
    await until('the report, which said that it failed, is amended', () =>
      reported(day).includes('DayAmended'),
    )
  })

  t.test('a day that is not over is refused before anything is stored', async t => {
    const before = await count()
    const today = dayOf(new Date(), 'UTC')
    for (const body of [{ day: today, timeZone: 'UTC' }, { from: first, to: today }, { day: '9999-12-31' }]) {
      const { status, body: problem } = await order<ProblemAnswer>(body)
      t.match(
        { status, problem },
        { status: 409, problem: { type: /DAY_NOT_OVER$/, detail: /^Nothing was ordered/ } },
      )
    }
    t.equal(await count(), before)
    await endDay(today)
    await publish(completed('erin', today))
    await until(
      'the day was ended early',
      async () => (await reporting.dayOf('erin', today)).log.state === 'written',
    )
    t.equal((await order({ day: today, timeZone: 'UTC' }, wait)).status, 200, 'unless it was ended early')
  })

  t.test('an invalid order is refused with a pointer to the fault', async t => {
    const pointers = async (body: unknown) => {
      const { status, body: problem } = await order<ProblemAnswer>(body)
      t.equal(status, 400, JSON.stringify(body))
      return problem.errors?.map(({ pointer }) => pointer)
    }
    for (const body of [
      {},
      { from: first },
      { day: first, to: first },
      { day: first, from: first, to: first },
    ])
      t.strictSame(await pointers(body), [''])
    t.strictSame(await pointers({ from: second, to: first }), ['/to'])
    t.strictSame(await pointers({ from: '2025-06-01', to: second }), ['/to'])
    t.strictSame(await pointers({ day: '1969-12-31' }), ['/day'])
    t.strictSame(await pointers({ day: first, timeZone: 'Mars/Olympus' }), ['/timeZone'])
    t.strictSame(await pointers({ day: first, user: '' }), ['/user'])
  })

  t.test('reruns are listed by the newest first, and only for operators', async t => {
    const list = async (query: string) =>
      (await reporting.operator<{ reruns: RerunAnswer[]; nextCursor: string | null }>(`/reruns?${query}`))
        .body
    const all = (await list('')).reruns.map(({ id }) => id)
    const page = await list('limit=3')
    const rest = await list(`cursor=${page.nextCursor}`)
    t.strictSame(
      [...page.reruns, ...rest.reruns].map(({ id }) => id),
      all,
    )
    t.strictSame(all, all.toSorted().toReversed())
    t.match(rest.reruns.at(-1), {
      state: 'done',
      user: 'alice',
      by: 'operator',
      from: first,
      to: first,
      total: 1,
    })
    t.equal((await reporting.operator(`/reruns/${randomUUID()}`)).status, 404)
    const alice = await reporting.as('alice')
    for (const path of ['/reruns', `/reruns/${all[0]}`]) t.equal((await alice(path)).status, 403)
    t.equal((await alice('/runs', { body: { day: first } })).status, 403)
  })
  t.test('GET /runs/{id} of a day without a run says why there is none', async t => {
    const why = async (id: string) => (await reporting.run(id)).body as RunAnswer & ProblemAnswer
    const today = dayOf(new Date(), 'Europe/Berlin')
    t.match(await why(`${today}@Europe/Berlin`), { type: /RUN_NOT_FOUND$/, detail: /the day is not over/ })
    t.match(await why('2020-02-29@UTC'), { type: /DAY_EMPTY$/, detail: /no task was completed/ })
    t.match(await why(`${first}@Pacific/Auckland`), { type: /RUN_PENDING$/, detail: /POST \/runs/ })
    for (const id of ['2026-02-30@UTC', '2026-06-01@Mars/Olympus'])
      t.match(await why(id), { type: /RUN_NOT_FOUND$/, detail: /no such day or time zone/ })
  })
})
