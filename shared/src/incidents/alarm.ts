import { normalisedError } from '../failures/error-words.ts'
import type { Failure } from './failure.ts'
import type { Watched } from './watch-failures.ts'

/** What an operator's page can show of an alarm. */
export interface Reference {
  /** What the id names: a run, a rerun, a log, a day, a group of consumers, a kind of jobs, a lane, a job or an outbox. */
  type: (typeof referenceTypes)[number]
  id: string
}

export const referenceTypes = [
  'run',
  'rerun',
  'log',
  'day',
  'schedule',
  'group',
  'kind',
  'lane',
  'job',
  'outbox',
] as const

/** `critical`: what users were promised fails or is late now; `warning`: something waits for an operator. */
export const severities = ['critical', 'warning'] as const

/** Something that is wrong now, in one sentence, however often it is wrong. */
export interface Alarm {
  severity: (typeof severities)[number]
  /** Since when; undefined when the store does not say it. */
  since?: Date
  count: number
  /** Whether there are more than `count`. */
  more?: boolean
  /** What is wrong, as a sentence. */
  problem: string
  /** What to do, as a sentence. */
  remedy: string
  /** The newest of what is wrong. */
  references: Reference[]
}

/** Alarms of one kind, as the store knows them. */
export interface AlarmSource {
  /** Names the alarms, for programs: it never changes. */
  kind: string
  find: (now: Date) => Promise<Alarm[]>
}

/** At most so many references of an alarm are shown. */
export const MAX_REFERENCES = 20

interface Shown {
  kind: string
  severity: Alarm['severity']
  type: Reference['type']
}

/** The failures that mails tell, as alarms: one for each error, as a mail has one. */
export function failureAlarms({ find }: Pick<Watched, 'find'>, { kind, severity, type }: Shown): AlarmSource {
  const alarmOf = (failures: Failure[]): Alarm => {
    const { error = '', link = '' } = failures.at(-1) ?? {}
    const newest = failures.slice(-MAX_REFERENCES).reverse()
    return {
      severity,
      since: new Date(Math.min(...failures.map(({ at }) => at.getTime()))),
      count: failures.length,
      problem: error,
      remedy: link,
      references: newest.map(({ id, subject }) => ({ type, id: id ?? subject })),
    }
  }
  return {
    kind,
    find: async now =>
      [...Map.groupBy(await find(now), ({ error }) => normalisedError(error)).values()].map(alarmOf),
  }
}
