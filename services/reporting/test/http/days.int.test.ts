import { client, token, until } from '@daybook/shared/testing'
import { dayOf } from '@daybook/shared/time/days'
import t from 'tap'
import { completed, type DayAnswer, makeBench, reopened, startReporting } from '../support/reporting.ts'

interface ProblemAnswer {
  type: string
  status: number
  detail: string
  errors?: { pointer: string }[]
}

type Done = ReturnType<typeof completed>

const DAY = '2026-06-01'

t.test("GET /days shows a user's own day", async t => {
  const bench = await makeBench(t)
  const reporting = await startReporting(t, bench.stack)
  const alice = await reporting.as('alice')
  const log = async () => (await alice<DayAnswer>(`/days/${DAY}`)).body.log

  t.test('a day that is over is pending, and has no log, until its end is received', async t => {
    await bench.publish(
      completed('alice', DAY, { name: 'second', completedAt: `${DAY}T11:00:00.000Z` }),
      completed('alice', DAY, { name: 'first', completedAt: `${DAY}T10:00:00.000Z`, timeZone: 'Asia/Tokyo' }),
    )
    const day = await until('both completions are projected', async () => {
      const { body } = await alice<DayAnswer>(`/days/${DAY}`)
      return body.completions.length === 2 && body
    })
    t.match(day, {
      day: DAY,
      userId: 'alice',
      completions: [
        { name: 'first', timeZone: 'Asia/Tokyo', completedAt: `${DAY}T10:00:00.000Z` },
        { name: 'second', timeZone: 'UTC' },
      ],
    })
    const page = async (query: string) => (await alice<DayAnswer>(`/days/${DAY}?limit=1${query}`)).body
    const first = await page('')
    const second = await page(`&cursor=${first.nextCursor}`)
    t.match(
      [first, second],
      [
        { completions: [{ name: 'first' }], nextCursor: String },
        { completions: [{ name: 'second' }], nextCursor: null },
      ],
    )
    t.strictSame(
      [first, second].map(({ completions }) => completions.length),
      [1, 1],
    )
    t.strictSame(await log(), {
      state: 'pending',
      revision: 0,
      sha256: null,
      writtenAt: null,
      amendments: [],
    })
    const answer = await alice<ProblemAnswer>(`/days/${DAY}/log`)
    t.equal(answer.status, 404)
    t.match(answer.headers.get('content-type'), /^application\/problem\+json/)
    t.match(answer.body, {
      type: 'urn:daybook:error:DAYBOOK_LOG_NOT_WRITTEN',
      status: 404,
      detail: `There is no log of ${DAY}: the day is over, and its last events are not processed yet`,
    })
  })

  t.test(
    'the state of a day is pending while its run waits for events, and writing while it writes',
    async t => {
      // A run that no process advances, because another one holds its lease.
      const runs = bench.stack.db.collection<{ _id: string }>('runs')
      const leased = { leaseOwner: 'somebody else', leaseUntil: new Date(Date.now() + 3_600_000) }
      const run = { _id: `${DAY}@UTC`, day: DAY, timeZone: 'UTC', state: 'closing', createdAt: new Date() }
      await runs.insertOne({ ...run, ...leased })
      t.match(await log(), { state: 'pending', revision: 0, sha256: null })
      t.match((await reporting.run(`${DAY}@UTC`)).body, {
        state: 'closing',
        jobs: null,
        written: 0,
        doneAt: null,
      })
      await runs.updateOne({ _id: run._id }, { $set: { state: 'writing' } })
      t.match(await log(), { state: 'writing', revision: 0, sha256: null })
      t.match((await alice<ProblemAnswer>(`/days/${DAY}/log`)).body.detail, /it is written now$/)
      await runs.deleteOne({ _id: run._id })
    },
  )

  t.test('GET /days lists the days of a month that have completions, and their logs', async t => {
    t.match((await alice(`/days?month=${DAY.slice(0, 7)}`)).body, {
      userId: 'alice',
      days: [{ day: DAY, completions: 2, revision: 0, failed: false }],
    })
    t.strictSame((await alice<{ days: unknown[] }>('/days?month=2026-05')).body.days, [])
    t.equal((await alice('/days?month=2026-13')).status, 400)
    t.equal((await alice('/days?month=2026-06&user=bob')).status, 403)
  })

  t.test('GET /days/{day}/log returns the written file', async t => {
    await bench.endDay(DAY)
    await reporting.runDone(DAY)
    t.match(await log(), { state: 'written', revision: 1, sha256: /^[0-9a-f]{64}$/, writtenAt: String })
    const answer = await alice<string>(`/days/${DAY}/log`)
    t.equal(answer.status, 200)
    t.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8')
    t.equal(answer.body, await bench.read(DAY, 'alice.log'))
  })

  t.test('a log that was written again with other bytes is amended', async t => {
    await bench.publish(completed('alice', DAY))
    await until('the log is amended', async () => (await log()).state === 'amended')
    const amendment = { revision: 2, reason: 'late', completionsBefore: 2, completions: 3, trace: null }
    t.match(await log(), {
      ...{ state: 'amended', revision: 2 },
      amendments: [{ ...amendment, run: `${DAY}@UTC`, writtenAt: String }],
    })
    const { completions } = (await alice<DayAnswer>(`/days/${DAY}`)).body
    const late = (name: string) => completions.find(one => one.name === name)?.late
    t.equal(late('second'), false)
    t.equal(completions.filter(one => one.late).length, 1)
  })

  t.test('GET /completions says what became of the completions of a task', async t => {
    const onTime = (await alice<DayAnswer>(`/days/${DAY}`)).body.completions.find(
      ({ name }) => name === 'second',
    )
    const late = (await alice<DayAnswer>(`/days/${DAY}`)).body.completions.find(
      ({ name }) => !/st|nd$/.test(name),
    )
    const path = (taskId = '') => `/completions/${taskId}?day=${DAY}&day=2020-02-29`
    const of = async (taskId = '') => (await alice<{ completions: object[] }>(path(taskId))).body.completions
    const lines = (await bench.read(DAY, 'alice.log'))?.split('\n') ?? []
    const lineOf = (taskId = '?') => lines.findIndex(line => line.includes(taskId)) + 1
    const amended = { firstWrittenAt: String, writtenAt: String, amendments: [{ revision: 2 }] }
    const file = { state: 'written', file: `${DAY}/alice.log`, revision: 2 }
    const log = { ...file, ...amended, line: lineOf(onTime?.taskId) }
    const run = { id: `${DAY}@UTC`, state: 'done', doneAt: String }
    const place = { partition: Number, offset: String, projectedAt: String }
    const common = { day: DAY, userId: 'alice', takenBack: false, run, ...place }
    t.match(await of(onTime?.taskId), [{ ...common, late: false, log }])
    t.match(await of(late?.taskId), [{ ...common, late: true, log: { ...log, line: lineOf(late?.taskId) } }])
    const written = { projectedAt: '', firstWrittenAt: '', amendments: '' }
    const unset = ['completions', 'user_logs'].map(name =>
      bench.stack.db.collection(name).updateMany({ userId: 'alice', day: DAY }, { $unset: written }),
    )
    await Promise.all(unset)
    const unknown = { ...log, firstWrittenAt: null, amendments: [] }
    const old = { ...common, projectedAt: null, log: unknown }
    t.match(await of(onTime?.taskId), [old], 'as earlier versions stored them')
    const bob = await reporting.as('bob')
    t.strictSame((await bob<{ completions: object[] }>(path(onTime?.taskId))).body.completions, [])
    const admin = client(reporting.url, await token('operator', { admin: true }))
    t.equal((await admin<{ completions: object[] }>(path(onTime?.taskId))).body.completions.length, 1)
    t.equal((await alice(`/completions/${onTime?.taskId}`)).status, 400, 'without a day')

    const { series } = (await admin<{ series: Record<string, number[]> }>('/rates?minutes=3')).body
    t.strictSame(Object.keys(series), ['projected', 'endsOfDay', 'logs', 'amendments', 'reports'])
    await until('logs and amendments are counted', async () => {
      const { logs = [], amendments = [] } = (
        await admin<{ series: Record<string, number[]> }>('/rates?minutes=3')
      ).body.series
      return logs.some(count => count > 0) && amendments.some(count => count > 0)
    })
  })

  t.test('a day names the tasks whose completions were taken back after it was closed', async t => {
    const day = '2026-06-02'
    const [early, late, ...kept] = [1, 2, 3, 4].map(() => completed('frank', day)) as [Done, Done, Done, Done]
    const frank = await reporting.as('frank')
    const read = async (query = '') => (await frank<DayAnswer>(`/days/${day}${query}`)).body
    await bench.publish(early, late, ...kept)
    await bench.publish(reopened(early))
    await until('three completions count', async () => (await read()).completions.length === 3)
    t.strictSame((await read()).takenBack, [], 'before the end of the day')
    await bench.endDay(day)
    await reporting.runDone(day)
    t.strictSame((await read()).takenBack, [], 'what was taken back before')
    await bench.publish(reopened(late))
    await until('it is taken back', async () => (await read()).completions.length === 2)
    const first = await read('?limit=1')
    t.strictSame(first.takenBack, [{ taskId: late.data.taskId, timeZone: 'UTC' }])
    const second = await read(`?limit=1&cursor=${first.nextCursor}`)
    t.notOk('takenBack' in second, 'on the first page alone')
    t.equal(second.nextCursor, null)
    t.strictSame(
      [first, second].flatMap(({ completions }) => completions.map(({ taskId }) => taskId)),
      kept.map(({ data }) => data.taskId).sort(),
      'pages also when all were completed at the same time',
    )
  })

  t.test('a closed day without completions is empty, and not an error', async t => {
    const { status, body } = await alice<DayAnswer>('/days/2020-02-29')
    t.equal(status, 200)
    t.match(body, { day: '2020-02-29', userId: 'alice', completions: [], log: { state: 'empty' } })
    t.match(await alice('/days/2020-02-29/log'), {
      status: 404,
      body: { type: 'urn:daybook:error:DAYBOOK_DAY_EMPTY', detail: /no task was completed on this day$/ },
    })
  })

  t.test('a day that is not over in any time zone of the user is open', async t => {
    const [today, tomorrow] = ['Etc/GMT+12', 'Pacific/Kiritimati'].map(zone => dayOf(new Date(), zone))
    await bench.publish(completed('carol', today as string, { timeZone: 'Etc/GMT+12' }))
    const carol = await reporting.as('carol')
    const dayIn = async (day = '') => (await carol<DayAnswer>(`/days/${day}`)).body
    await until('the completion is projected', async () => (await dayIn(today)).completions.length === 1)
    t.equal((await dayIn(today)).log.state, 'open')
    t.match((await carol<ProblemAnswer>(`/days/${today}/log`)).body.detail, /the day is not over$/)
    t.equal((await dayIn(tomorrow)).log.state, 'open', 'by the time zone of the token, without completions')
  })

  t.test('a day on which nothing was completed is empty, also in a time zone that nobody ends', async t => {
    const zone = 'Pacific/Marquesas'
    const erin = client(reporting.url, await token('erin', { zone }))
    const state = async (day: string) => (await erin<DayAnswer>(`/days/${day}`)).body.log.state
    const [before, yesterday, today] = [-2, -1, 0].map(n =>
      dayOf(new Date(Date.now() + n * 86_400_000), zone),
    ) as [string, string, string]
    t.equal(await state(yesterday), 'pending')
    const zones = bench.stack.db.collection<{ _id: string; closedThrough: string }>('time_zones')
    // Its days end half an hour later.
    const other = 'Pacific/Honolulu'
    const close = (closedThrough: string) =>
      zones.updateOne({ _id: other }, { $set: { closedThrough } }, { upsert: true })
    await close('2126-06-01')
    t.equal(await state(yesterday), 'pending', 'that day was ended early')
    await close(before)
    t.equal(await state(yesterday), 'pending', 'only an earlier day is closed')
    t.equal(await state(before), 'empty')
    t.match(await erin(`/days/${before}/log`), { status: 404, body: { type: /DAY_EMPTY$/ } })
    t.equal(await state(today), 'open')
    await zones.deleteOne({ _id: other })
  })

  t.test('the log comes as CSV, NDJSON and JSON, also before the day is over', async t => {
    const day = '2126-06-01'
    const what = { notes: 'two\nlines', dueOn: day, tags: ['a', 'b'], timeZone: 'Europe/Berlin' }
    const [quoted, plain] = [
      completed('dora', day, { ...what, name: 'say "hi", then go' }),
      completed('dora', day, { completedAt: `${day}T13:00:00.000Z` }),
    ]
    await bench.publish(quoted, plain)
    const dora = await reporting.as('dora')
    const log = <Body>(format: string) => dora<Body>(`/days/${day}/log?format=${format}`)
    const lines = [
      {
        completedAt: `${day}T12:00:00.000Z`,
        localTime: `${day}T14:00:00.000+02:00`,
        timeZone: 'Europe/Berlin',
        taskId: quoted.data.taskId,
        name: 'say "hi", then go',
        notes: 'two\nlines',
        dueOn: day,
        tags: ['a', 'b'],
      },
      {
        completedAt: `${day}T13:00:00.000Z`,
        localTime: `${day}T13:00:00.000+00:00`,
        timeZone: 'UTC',
        taskId: plain.data.taskId,
        name: 'Water the plants',
        notes: null,
        dueOn: null,
        tags: [],
      },
    ]
    const json = await until('both completions are projected', async () => {
      const answer = await log<unknown[]>('json')
      return answer.body.length === 2 && answer
    })
    t.strictSame(json.body, lines)
    t.equal(json.headers.get('content-type'), 'application/json; charset=utf-8')
    const ndjson = await log<string>('ndjson')
    t.equal(ndjson.headers.get('content-type'), 'application/x-ndjson; charset=utf-8')
    t.equal(ndjson.body, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
    const csv = await log<string>('csv')
    t.equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8')
    const [first, second] = lines.map(({ completedAt, localTime }) => `${completedAt},${localTime}`)
    t.equal(
      csv.body,
      [
        'completedAt,localTime,timeZone,taskId,name,notes,dueOn,tags',
        `${first},Europe/Berlin,${quoted.data.taskId},"say ""hi"", then go","two\nlines",${day},"a,b"`,
        `${second},UTC,${plain.data.taskId},Water the plants,,,`,
        '',
      ].join('\r\n'),
    )
    t.equal((await log('text')).status, 404, 'the file does not exist yet')
    t.equal((await log('xml')).status, 400)
  })

  t.test("only an admin reads another user's day", async t => {
    const bob = await reporting.as('bob')
    for (const path of [`/days/${DAY}?user=alice`, `/days/${DAY}/log?user=alice`]) {
      const refused = await bob<ProblemAnswer>(path)
      t.equal(refused.status, 403)
      t.match(refused.body, { type: 'urn:daybook:error:DAYBOOK_AUTH_FORBIDDEN', status: 403 })
      t.equal((await reporting.operator(path)).status, 200)
    }
    t.equal((await bob(`/days/${DAY}?user=bob`)).status, 200, 'a user may name themselves')
    t.equal((await fetch(`${reporting.url}/days/${DAY}`)).status, 401)
  })

  t.test('an invalid day or query is refused with a pointer to the fault', async t => {
    const bad = async (path: string) => {
      const { status, body } = await alice<ProblemAnswer>(path)
      t.equal(status, 400, path)
      return body.errors?.[0]?.pointer
    }
    t.equal(await bad('/days/2026-02-30'), '/params/day')
    t.equal(await bad('/days/today'), '/params/day')
    t.equal(await bad('/days/..%2f..%2fetc/log'), '/params/day')
    t.equal(await bad(`/days/${DAY}?users=alice`), '/querystring/users')
    t.equal(await bad(`/days/${DAY}?user=`), '/querystring/user')
  })
})
