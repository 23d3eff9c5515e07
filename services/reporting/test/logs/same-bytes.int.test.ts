import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TaskEventOf, toMessage, topics } from '@daybook/shared/events'
import { until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { completed, makeBench, reopened, startReporting } from '../support/reporting.ts'

type Event = TaskEventOf<'TaskCompleted' | 'TaskReopened'>

const DAY = '2026-06-10'
const [KIRITIMATI, HONOLULU, BERLIN] = ['Pacific/Kiritimati', 'Pacific/Honolulu', 'Europe/Berlin'] as const

/** A task that the traveller completes, by the instant: the local date in the zone is the day. */
const done = (name: string, day: string, timeZone: string, completedAt: string) =>
  completed('traveller', day, { name, timeZone, completedAt })

// Over the date line and back into a day that was over where the traveller came from.
const journey = [
  done('breakfast', '2026-06-10', KIRITIMATI, '2026-06-09T18:00:00.000Z'),
  done('landed', '2026-06-09', HONOLULU, '2026-06-10T01:30:00.000Z'),
  done('breakfast again', '2026-06-10', HONOLULU, '2026-06-10T18:00:00.000Z'),
  done('in Berlin', '2026-06-10', BERLIN, '2026-06-10T21:59:59.999Z'),
  done('after midnight', '2026-06-11', BERLIN, '2026-06-10T22:00:00.000Z'),
]
const days = [
  ...new Map(
    journey.map(({ data: { day, timeZone } }) => [`${day}@${timeZone}`, { day, timeZone }]),
  ).values(),
]

function someEvents(): Event[] {
  const users = ['alice', 'Bob', 'ägnes', '🌱', 'İpek', '../x']
  return users.flatMap((user, i) => {
    const zone = { timeZone: BERLIN, completedAt: `${DAY}T0${i}:00:00.000Z` }
    const [one, two, back] = [
      completed(user, DAY, { ...zone, name: 'iI ıİ ß 10 9', tags: ['b', 'a'] }),
      completed(user, DAY, { ...zone, name: 'ä\nz' }),
      completed(user, DAY, zone),
    ]
    return [one, two, back, reopened(back)]
  })
}

/** Writes the logs of all days on a machine. @returns all files by path */
async function writtenOn(
  t: Test,
  {
    events,
    key,
    env,
    umask,
  }: { events: Event[]; key: (user: string) => string; env: Record<string, string>; umask: number },
): Promise<Map<string, string>> {
  const bench = await makeBench(t)
  const usual = process.umask(umask)
  const reporting = await startReporting(t, bench.stack, env)
  process.umask(usual)
  await bench.kafka.publish(
    topics.tasks.name,
    events.map(event => toMessage(event, key(event.data.userId))),
  )
  for (const { day, timeZone } of days) await bench.endDay(day, timeZone)
  for (const { day, timeZone } of days) await reporting.runDone(day, timeZone)
  await until(
    'all is published',
    async () =>
      (await bench.stack.db.collection('user_logs').countDocuments({ outbox: { $exists: true } })) === 0,
  )
  const root = bench.stack.logDir
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = found.filter(entry => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const read = paths.map(async path => [path.slice(root.length + 1), await readFile(path, 'utf8')] as const)
  return new Map((await Promise.all(read)).sort(([a], [b]) => (a < b ? -1 : 1)))
}

t.test('the same events make the same bytes on another machine, in another order of users', async t => {
  const events = [...someEvents(), ...journey]
  const files = await writtenOn(t, { events, key: user => user, env: { TZ: 'UTC', LANG: 'C' }, umask: 0o022 })
  const users = [...new Set(events.map(({ data }) => data.userId))].toReversed()
  const other = await writtenOn(t, {
    events: users.flatMap(user => events.filter(({ data }) => data.userId === user)),
    // Other partitions than those of the user ids.
    key: user => `of ${user}`,
    env: { TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    umask: 0o077,
  })
  // Which offsets a day covers depends on the partitions.
  const comparable = (all: Map<string, string>) =>
    [...all].map(([path, text]) => [path, text.replace(/"coveredOffsets":\{.*?\}/, '')])
  t.strictSame(comparable(other), comparable(files))
  t.equal([...files.keys()].filter(path => path.startsWith('.manifests/')).length, days.length)

  await t.test(
    'each completion of a traveller is once in the logs, on its day, with local time and offset',
    t => {
      const linesOf = (day: string) =>
        (files.get(`${day}/traveller.log`) ?? '').split('\n').flatMap(line => {
          const [local, , , name] = line.split('\t')
          return name === undefined ? [] : [`${local} ${name}`]
        })
      t.strictSame(linesOf('2026-06-09'), ['2026-06-09T15:30:00.000-10:00 landed'])
      t.strictSame(linesOf('2026-06-10'), [
        '2026-06-10T08:00:00.000+14:00 breakfast',
        '2026-06-10T08:00:00.000-10:00 breakfast again',
        '2026-06-10T23:59:59.999+02:00 in Berlin',
      ])
      t.strictSame(linesOf('2026-06-11'), ['2026-06-11T00:00:00.000+02:00 after midnight'])
      for (const { data } of journey) {
        const named = [...files.keys()].filter(path => path.includes(data.taskId))
        t.equal(named.length, 1, 'a completion has one task file')
      }
      t.end()
    },
  )
})
