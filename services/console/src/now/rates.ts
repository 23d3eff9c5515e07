import type { Series, ServiceName } from './read-now.ts'

/** What the services count in each minute, in words. */
export const seriesWords: Record<ServiceName, Record<string, string>> = {
  tasks: { events: 'Events stored', published: 'Events published' },
  reporting: {
    projected: 'Completions read',
    endsOfDay: 'Ends of days received',
    logs: 'Logs written',
    amendments: 'Logs amended',
    reports: 'Days reported',
  },
  scheduler: {
    days: 'Days ended',
    fired: 'Schedules fired',
    jobsAdded: 'Jobs added',
    jobsStarted: 'Attempts started',
    jobsSucceeded: 'Jobs succeeded',
    jobsFailed: 'Jobs failed',
    jobsOtherwise: 'Jobs cancelled or expired',
  },
}

interface Flow {
  title: string
  /** The series whose counts are added up. */
  of: readonly string[]
}

/** The two rates of each service that are always shown: what comes, and what is done with it. */
export const flows: Record<ServiceName, readonly [Flow, Flow]> = {
  tasks: [
    { title: 'events stored', of: ['events'] },
    { title: 'published', of: ['published'] },
  ],
  reporting: [
    { title: 'completions read', of: ['projected'] },
    { title: 'logs written', of: ['logs'] },
  ],
  scheduler: [
    { title: 'jobs added', of: ['jobsAdded'] },
    { title: 'ended', of: ['jobsSucceeded', 'jobsFailed', 'jobsOtherwise'] },
  ],
}

/** Adds up the counts of some series, minute by minute. */
export function sumOf(series: Series, names: readonly string[]): number[] {
  const found = names.map(name => series[name] ?? [])
  return Array.from({ length: Math.max(0, ...found.map(({ length }) => length)) }, (_, i) =>
    found.reduce((sum, values) => sum + (values[i] ?? 0), 0),
  )
}

/** What a person reads of a rate, instead of the picture of it. */
export interface RateFacts {
  /** The last minute that is over. */
  last: number
  /** The mean of the last 15 minutes that are over. */
  mean: number
  /** The largest of all minutes that are shown. */
  most: number
}

const MEAN_MINUTES = 15
const MINUTE_MS = 60_000
// Processes write their counts every ten seconds.
const WRITTEN_MS = 15_000

/**
 * Returns how many of the minutes are over and have all their counts.
 * @param at when they were read
 * @param from when the first one began
 */
export const minutesOver = ({ at, from }: { at: string; from: string }): number =>
  Math.max(0, Math.floor((Date.parse(at) - WRITTEN_MS - Date.parse(from)) / MINUTE_MS))

/**
 * @param values the count of each minute
 * @param minutes how many of them are over
 */
export function factsOf(values: readonly number[], minutes: number): RateFacts {
  const over = values.slice(0, minutes)
  const recent = over.slice(-MEAN_MINUTES)
  const sum = recent.reduce((total, value) => total + value, 0)
  return {
    last: over.at(-1) ?? 0,
    mean: recent.length === 0 ? 0 : sum / recent.length,
    most: Math.max(0, ...values),
  }
}

/** Adds up each so many values. What is left at the end is a sum of fewer. */
export const grouped = (values: readonly number[], size: number): number[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, i) =>
    values.slice(i * size, (i + 1) * size).reduce((sum, value) => sum + value, 0),
  )

const format = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })

/** `1,204` and `0.4` */
export const numberText = (value: number): string => format.format(value)
