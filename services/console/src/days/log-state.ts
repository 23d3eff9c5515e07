import type { Reporting } from '@daybook/client'
import { whyAmended } from './why-amended.ts'

export type Day = Reporting.components['schemas']['Day']
export type LogState = Day['log']['state']

interface Words {
  word: string
  sentence: string
}

/** What each state of a log means for the person. */
export const logStates: Record<LogState, Words> = {
  open: { word: 'not over', sentence: 'The day is not over. Its log is written when it ends.' },
  empty: {
    word: 'empty',
    sentence: 'The day is over, and no task was completed on it: it has no log.',
  },
  pending: { word: 'pending', sentence: 'The day is over. Its last events are being processed.' },
  writing: { word: 'writing', sentence: 'The log is being written now.' },
  written: { word: 'written', sentence: 'The log is written.' },
  amended: {
    word: 'amended',
    sentence:
      'The log was written again with other content, because a completion arrived late or was taken back.',
  },
  removed: {
    word: 'removed',
    sentence: 'The log file was removed because of its age. Its completions are still known.',
  },
  failed: { word: 'failed', sentence: 'The log could not be written.' },
}

/** Whether there is a log file, also one that could not be written again. */
export const hasFile = ({ sha256, state }: Day['log']): boolean => sha256 !== null && state !== 'removed'

/** What the state of a log means for the person, and why it was amended last. */
export function sentenceOf(log: Day['log']): string {
  const { state, revision, amendments } = log
  if (state === 'failed' && hasFile(log)) {
    return 'The log could not be written again. Its file is as it was before.'
  }
  const newest = amendments.at(-1)
  // Why an earlier version wrote the newest revision is not stored.
  return state === 'amended' && newest?.revision === revision
    ? `The log was written again with other content. ${whyAmended(newest)}`
    : logStates[state].sentence
}
