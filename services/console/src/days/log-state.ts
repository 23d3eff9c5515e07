import type { Reporting } from '@daybook/client'

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

/** Whether a state has a log file. */
export const hasFile = (state: LogState): boolean => state === 'written' || state === 'amended'
