import type { Reporting } from '@daybook/client'
import type { Tone } from '../elements/mark.tsx'
import type { LiveEvent } from '../live/message.ts'

type Schemas = Reporting.components['schemas']

/** The writing of the logs of a day in a time zone. */
export type Run = Schemas['Run']
export type RunLog = Schemas['RunLog']

/** Makes the function that says whether an event of a day concerns a run. */
export const concernsRun =
  (day: string, timeZone: string) =>
  ({ data }: Pick<LiveEvent, 'data'>): boolean =>
    data.day === day && data.timeZone === timeZone

interface Words {
  tone: Tone
  word: string
  sentence: string
}

const waits: Record<NonNullable<Run['waitsFor']>, string> = {
  tasks: 'The day is over. The run waits until the tasks service has published everything of the day.',
  projection: 'The day is over. The run waits until all completions of the day are read.',
  writers: 'The logs are being written.',
}

/** The state of a run, in words. */
export function wordsOf({ state, jobs, failed, waitsFor }: Run): Words {
  if (state === 'empty' || (state === 'done' && jobs === 0)) return nobody
  if (state !== 'done') return { tone: 'idle', word: state, sentence: waitsFor ? waits[waitsFor] : '' }
  if (failed === 0)
    return { tone: 'good', word: 'done', sentence: 'All logs are written, and the day is reported.' }
  const logs = failed === 1 ? 'one log' : `${failed.toLocaleString('en')} logs`
  return {
    tone: 'bad',
    word: 'with failures',
    sentence: `The day is reported, but ${logs} could not be written.`,
  }
}

export const nobody: Words = {
  tone: 'good',
  word: 'done',
  sentence: 'Nobody completed anything, so there is no log to write.',
}

/** How many of a run's logs are done, written or not: `340 of 1,000 users`. */
export const progressWords = ({ jobs, written, failed }: Run): string =>
  `${(written + failed).toLocaleString('en')} of ${(jobs ?? 0).toLocaleString('en')} users`
