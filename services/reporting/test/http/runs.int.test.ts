import t from 'tap'
import { completed, makeBench, type RunAnswer, startReporting } from '../support/reporting.ts'

interface LogsPage {
  logs: { userId: string; state: string; error?: string; writtenAt: string | null }[]
  nextCursor: string | null
}

interface Page {
  runs: RunAnswer[]
  nextCursor: string | null
}

t.test('GET /runs', async t => {
  const bench = await makeBench(t)
  const reporting = await startReporting(t, bench.stack)
  const days = ['2026-06-01', '2026-06-02', '2026-06-03']
  const zones = ['Europe/Berlin', 'UTC']
  for (const day of days) {
    await bench.publish(...zones.map((timeZone, i) => completed(`user-${i}`, day, { timeZone })))
    for (const zone of zones) await bench.endDay(day, zone)
  }
  for (const day of days) for (const zone of zones) await reporting.runDone(day, zone)
  const list = async (query: string) => (await reporting.operator<Page>(`/runs?${query}`)).body

  t.test('runs are listed by newest day first, each on exactly one page', async t => {
    const all = days.toReversed().flatMap(day => zones.toReversed().map(zone => `${day}@${zone}`))
    t.strictSame(
      (await list('')).runs.map(({ id }) => id),
      all,
    )
    const seen: string[] = []
    for (let query = 'limit=4'; query !== ''; ) {
      const { runs, nextCursor } = await list(query)
      t.ok(runs.length <= 4)
      seen.push(...runs.map(({ id }) => id))
      query = nextCursor === null ? '' : `limit=4&cursor=${encodeURIComponent(nextCursor)}`
    }
    t.strictSame(seen, all)
    t.equal((await list('limit=6')).nextCursor, null)
  })

  t.test('runs can be filtered by state', async t => {
    t.equal((await list('state=done')).runs.length, 6)
    t.strictSame(await list('state=writing'), { runs: [], nextCursor: null })
  })

  t.test('runs can be filtered by day and by time zone', async t => {
    const ids = async (query: string) => (await list(query)).runs.map(({ id }) => id)
    t.strictSame(await ids('day=2026-06-02'), ['2026-06-02@UTC', '2026-06-02@Europe/Berlin'])
    t.strictSame(await ids('day=2026-06-02&timeZone=UTC'), ['2026-06-02@UTC'])
    const inUtc = days.toReversed().map(day => `${day}@UTC`)
    t.strictSame(await ids('timeZone=Etc/UTC'), inUtc, 'under another name of the zone')
    t.strictSame(await ids(`timeZone=UTC&cursor=${inUtc[0]}`), inUtc.slice(1))
    t.strictSame(await ids(`day=2026-06-02&cursor=${inUtc[1]}`), ['2026-06-02@Europe/Berlin'])
    t.strictSame(await ids(`day=2026-06-02&cursor=${inUtc[0]}`), await ids('day=2026-06-02'))
    t.strictSame(await ids('timeZone=Asia/Tokyo'), [])
  })

  t.test('a run is found by its URL-encoded id', async t => {
    const { status, body } = await reporting.operator<RunAnswer>('/runs/2026-06-02%40Europe%2FBerlin')
    t.equal(status, 200)
    t.match(body, {
      id: '2026-06-02@Europe/Berlin',
      day: '2026-06-02',
      timeZone: 'Europe/Berlin',
      state: 'done',
      jobs: 1,
      completions: 1,
      written: 1,
      failed: 0,
      firstError: null,
      amended: 0,
      createdAt: String,
      writingAt: String,
      doneAt: String,
    })
  })

  t.test('the logs of a run are listed by user, in pages, by state and by a part of the name', async t => {
    const day = '2026-06-05'
    const users = ['alice', 'bob', 'carol', 'dave']
    await bench.publish(
      ...users.map(user => completed(user, day)),
      completed('erin', day, { timeZone: 'Asia/Tokyo' }),
    )
    await bench.endDay(day)
    await reporting.runDone(day)
    const records = bench.stack.db.collection<{ _id: string }>('user_logs')
    const failure = { state: 'failed', error: 'No space', failedAt: new Date('2026-06-06T01:00:00Z') }
    await records.updateOne({ _id: `${day}/bob` }, { $set: failure })
    await records.updateOne({ _id: `${day}/carol` }, { $set: { revision: 2 } })
    const logs = async (query: string, id = `${day}@UTC`) =>
      (await reporting.operator<LogsPage>(`/runs/${encodeURIComponent(id)}/logs?${query}`)).body
    const names = async (query: string) => (await logs(query)).logs.map(({ userId }) => userId)

    t.strictSame(await names(''), users)
    t.strictSame(await logs('limit=2').then(({ nextCursor }) => nextCursor), 'bob')
    t.strictSame(await names('limit=2&cursor=bob'), ['carol', 'dave'])
    t.strictSame(await names('q=A'), ['alice', 'carol', 'dave'])
    t.match((await logs('state=failed')).logs, [
      { userId: 'bob', error: 'No space', failedAt: '2026-06-06T01:00:00.000Z' },
    ])
    t.match((await logs('state=amended')).logs, [{ userId: 'carol', state: 'amended', writtenAt: String }])
    t.strictSame(await names('state=written'), ['alice', 'dave'])
    t.match((await reporting.run(`${day}@UTC`)).body, {
      written: 3,
      failed: 1,
      firstError: 'No space',
      amended: 1,
    })
    t.match(await logs('', '2026-06-09@UTC'), { type: 'urn:daybook:error:DAYBOOK_RUN_PENDING' })

    const failed = async (query: string) => (await list(`failed=true${query}`)).runs.map(({ id }) => id)
    t.strictSame(await failed(''), [`${day}@UTC`])
    t.strictSame(await failed('&state=writing'), [])
    t.strictSame(await failed(`&day=${day}&timeZone=UTC`), [`${day}@UTC`])
    t.strictSame(await failed('&day=2026-06-01'), [])
    t.strictSame(await failed('&timeZone=Europe/Berlin'), [])
    t.strictSame(await failed(`&cursor=${encodeURIComponent(`${day}@UTC`)}`), [])
  })

  t.test('a missing run is a problem that names the run', async t => {
    const { status, headers, body } = await reporting.operator('/runs/2026-06-09%40UTC')
    t.equal(status, 404)
    t.match(headers.get('content-type'), /^application\/problem\+json/)
    t.match(body, { type: 'urn:daybook:error:DAYBOOK_RUN_PENDING', status: 404, detail: /2026-06-09@UTC/ })
  })

  t.test('only an admin may read runs, and only with valid queries', async t => {
    const alice = await reporting.as('alice')
    t.equal((await alice('/runs')).status, 403)
    t.equal((await alice('/runs/2026-06-02%40UTC')).status, 403)
    t.equal((await fetch(`${reporting.url}/runs`)).status, 401)
    for (const query of [
      'limit=0',
      'limit=201',
      'limit=x',
      'state=late',
      'cursor=',
      'page=2',
      'day=x',
      'timeZone=Moon',
    ]) {
      t.equal((await reporting.operator(`/runs?${query}`)).status, 400, query)
    }
  })
})
