import { median } from '../harness/median.ts'
import { asMarkdown, digits } from './format.ts'
import type { Results } from './results.ts'

/** What is assumed of users, data and machines. docs/scale.md says why. */
const assumed = {
  'commands of a user each day': 20,
  'completions of a user each day': 10,
  'share of the day in which commands arrive, at a constant rate': 1 / 3,
  'share of all users in the offset with most users': 0.21,
  'seconds in which the logs of an offset are to be written': 3600,
  'bytes of an event in Kafka, compressed': 400,
  'bytes of an event, its task and its completion in MongoDB, with indexes, compressed': 900,
  'bytes of a log file on disk': 4096,
  'copies of each byte in Kafka and in MongoDB': 3,
  'share of a measured rate that is planned with': 0.5,
  'cores of a MongoDB machine': 16,
  'MB/s that a broker writes': 100,
  'TB of a machine, for MongoDB or Kafka': 64,
  'years that events are kept': 3,
}

interface Measurement {
  /** The benchmark and the figure that measure it. */
  benchmark: string
  figure: string
  unit: string
  /** What was measured before there was `npm run bench`, for a figure that has no result. */
  before: number
}

const measurements = {
  'commands of one process': { benchmark: 'complete', figure: 'requests/s', unit: '/s', before: 1800 },
  'completions of one process': { benchmark: 'project', figure: 'events/s', unit: '/s', before: 4800 },
  'user logs of one process': { benchmark: 'end-of-day', figure: 'users/s', unit: '/s', before: 568 },
  'CPU time of MongoDB for a command, with its projection': {
    benchmark: 'complete',
    figure: 'us of MongoDB',
    unit: ' us',
    before: 900,
  },
} satisfies Record<string, Measurement>

const TERA = 1e12
const DAY_S = 86_400

/** @returns the median that Daybook showed, and whether it was measured by a stored result */
function measured(
  { benchmark, figure, before }: Measurement,
  results: Results,
): { value: number; isStored: boolean } {
  const rounds = results[benchmark]?.subjects[0]?.rounds ?? []
  const values = rounds.flatMap(figures => figures[figure] ?? [])
  return values.length > 0 ? { value: median(values), isStored: true } : { value: before, isStored: false }
}

/** What so many users need: rows of a name, a number and its unit. */
export function needsOf(users: number, results: Results): [string, number, string][] {
  const of = (name: keyof typeof assumed) => assumed[name]
  const known = (name: keyof typeof measurements) => measured(measurements[name], results).value
  const planned = (name: keyof typeof measurements) =>
    known(name) * of('share of a measured rate that is planned with')
  const commandsADay = users * of('commands of a user each day')
  const commands =
    commandsADay / (DAY_S * of('share of the day in which commands arrive, at a constant rate'))
  const completions = (commands * of('completions of a user each day')) / of('commands of a user each day')
  const midnight = users * of('share of all users in the offset with most users')
  const logs = midnight / of('seconds in which the logs of an offset are to be written')
  const copies = of('copies of each byte in Kafka and in MongoDB')
  const years = of('years that events are kept')
  const kept = (bytes: number) => (commandsADay * 365 * years * bytes * copies) / TERA
  const kafka = kept(of('bytes of an event in Kafka, compressed'))
  const mongo = kept(
    of('bytes of an event, its task and its completion in MongoDB, with indexes, compressed'),
  )
  const mongoCores = (commands * known('CPU time of MongoDB for a command, with its projection')) / 1e6
  const writers = Math.ceil(logs / planned('user logs of one process'))
  const projectors = Math.ceil(completions / planned('completions of one process'))
  const kafkaWrites = (commands * of('bytes of an event in Kafka, compressed') * copies) / 1e6
  const disk = of('TB of a machine, for MongoDB or Kafka')
  // A machine of MongoDB is planned with half of its cores.
  const shards = Math.ceil(
    Math.max(mongoCores / (of('cores of a MongoDB machine') / 2), mongo / copies / disk),
  )
  return [
    ['commands at the peak', commands, '/s'],
    ['processes of tasks', Math.ceil(commands / planned('commands of one process')), ''],
    ['completions at the peak', completions, '/s'],
    ['users whose day ends at the same instant', midnight, ''],
    ['user logs at that midnight', logs, '/s'],
    ['processes of reporting', Math.max(writers, projectors), ''],
    ['partitions of daybook.tasks and of the log requests, at least', Math.max(6, projectors, writers), ''],
    ['cores that MongoDB uses at the peak', mongoCores, ''],
    ['shards of MongoDB', shards, ''],
    ['machines of MongoDB', copies * shards, ''],
    ['data in MongoDB', mongo, 'TB'],
    [
      'brokers of Kafka',
      Math.ceil(Math.max(copies, kafka / disk, kafkaWrites / of('MB/s that a broker writes'))),
      '',
    ],
    ['data in Kafka', kafka, 'TB'],
    ['log files of a year', (users * 365 * of('bytes of a log file on disk')) / TERA, 'TB'],
  ]
}

const shown = (value: number, unit: string) =>
  `${Number.isInteger(value) ? new Intl.NumberFormat('en').format(value) : digits(value)} ${unit}`.trim()

/** @returns the generated part of docs/scale.md, as Markdown */
export function scaleTables(results: Results): string {
  const rows = Object.entries<Measurement>(measurements).map(([name, measurement]) => {
    const { value, isStored } = measured(measurement, results)
    const source = isStored ? `\`npm run bench ${measurement.benchmark}\`` : 'an earlier measurement'
    return [name, `${digits(value)}${measurement.unit}`, source]
  })
  const assumptions = Object.entries(assumed).map(([name, value]) => [name, digits(value)])
  const million = needsOf(1e6, results)
  const hundred = needsOf(1e8, results)
  const needs = million.map(([name, value, unit], i) => [
    name,
    shown(value, unit),
    shown(hundred[i]?.[1] ?? 0, unit),
  ])
  return [
    asMarkdown([['measured', '', 'by'], ...rows]),
    asMarkdown([['assumed', ''], ...assumptions]),
    asMarkdown([['needed', '1,000,000 users', '100,000,000 users'], ...needs]),
  ].join('\n\n')
}
