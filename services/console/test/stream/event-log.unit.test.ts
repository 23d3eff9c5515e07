import t from 'tap'
import type { LiveEvent } from '../../src/live/message.ts'
import { filterOf } from '../../src/stream/event-filter.ts'
import { EventLog, MAX_ROWS } from '../../src/stream/event-log.ts'
import { aboutOf, linksOf } from '../../src/stream/event-words.ts'

const event = (id: string, facts: Partial<LiveEvent> = {}): LiveEvent => ({
  ...{ id, type: 'TaskCompleted', time: '2026-11-27T10:00:00.000Z', topic: 't', partition: 0, offset: '1' },
  data: { taskId: id, userId: 'alice', name: `Task ${id}` },
  ...facts,
})
const keys = (log: EventLog) => log.rows().map(({ key }) => key)

t.test('the newest row is on top, an event comes once, and a gap is a row', async t => {
  const log = new EventLog()
  t.strictSame(keys(log), [])
  log.add(event('a'))
  log.add(event('b'))
  log.add(event('a'))
  log.addGap(1, 2)
  t.strictSame(keys(log), ['gap 1 2', 'b', 'a'])
  t.equal(log.added, 3)
})

t.test('earlier events come before those that are here, each once, and are no new ones', async t => {
  const log = new EventLog()
  log.filter(filterOf(new URLSearchParams({ user: 'alice' })))
  log.add(event('c'))
  log.addGap(1, 2)
  log.add(event('d'))
  log.addEarlier(['a', 'b', 'c'].map(id => event(id)).concat(event('x', { data: { userId: 'bob' } })))
  t.strictSame(keys(log), ['d', 'gap 1 2', 'c', 'b', 'a'])
  t.equal(log.added, 3)
  t.equal(log.find('x')?.id, 'x')
  log.filter(() => true)
  log.addEarlier(Array.from({ length: MAX_ROWS }, (_, i) => event(`e${i}`)))
  t.strictSame(keys(log).slice(0, 2), ['d', 'gap 1 2'], 'the oldest are left out')
  t.equal(keys(log).length, MAX_ROWS)
})

t.test('no more than 1,000 rows are kept, and a rare event stays while others come', async t => {
  const log = new EventLog()
  log.filter(filterOf(new URLSearchParams({ user: 'bob' })))
  log.add(event('rare', { data: { userId: 'bob' } }))
  for (let i = 0; i < MAX_ROWS + 5; i += 1) log.add(event(`e${i}`))
  t.strictSame(keys(log), ['rare'])
  t.equal(log.added, 1)
  t.equal(log.find('rare')?.id, 'rare')
  log.filter(() => true)
  t.equal(keys(log).length, MAX_ROWS)
  t.equal(keys(log).at(-1), 'e5')
  t.equal(log.find('e4'), undefined)
})

t.test('a filter matches type, user, task and a text in any case', async t => {
  const one = event('1a', { subject: 'ABC' })
  const matches = (conditions: Record<string, string>) => filterOf(new URLSearchParams(conditions))(one)
  for (const conditions of [{}, { type: 'TaskCompleted' }, { user: 'alice' }, { task: '1a' }, { q: 'abc' }])
    t.equal(matches(conditions as Record<string, string>), true, JSON.stringify(conditions))
  for (const conditions of [{ type: 'EndOfDay' }, { user: 'bob' }, { task: '2' }, { q: 'zzz' }])
    t.equal(matches(conditions as Record<string, string>), false, JSON.stringify(conditions))
  t.equal(matches({ user: 'alice', q: 'zzz' }), false)
})

t.test('an event says what it is about, and links to it', async t => {
  const job = event('j', {
    type: 'JobFinished',
    data: { kind: 'mail', job: 'm:1', state: 'failed', error: 'x' },
  })
  t.equal(aboutOf(job), 'mail m:1 failed x')
  t.strictSame(linksOf(job), [{ to: '/jobs/m%3A1', text: 'Job m:1' }])
  t.match(linksOf(event('d', { type: 'EndOfDay', data: { day: '2026-11-27', timeZone: 'Europe/Berlin' } })), [
    { to: '/runs/2026-11-27/Europe%2FBerlin' },
  ])
  t.match(linksOf(event('a')), [{ to: '/history/a' }])
  t.equal(aboutOf(event('a')), 'Task a')
})
