import { MAX_FAILURES, type Watched } from '@daybook/shared/incidents/watch-failures'
import type { KnownLog, UserLogs } from './user-log-store.ts'

const ABOUT = 'log files'
const LINK =
  'What to do: docs/operations.md, "Logs that could not be written". GET /dead-letters of reporting shows the requests.'

/** The logs that could not be written, as failures. They are over when they are written, by whatever request. */
export const failedLogs = (userLogs: Pick<UserLogs, 'newestFailed'>): Watched => ({
  abouts: [ABOUT],
  find: async () => (await userLogs.newestFailed(MAX_FAILURES)).toReversed().map(failureOf),
})

// Logs that an earlier version marked as failed do not say since when: then it is the day of the log, which is always the same.
const failureOf = ({ _id: subject, day, error = '', failedAt = new Date(day) }: KnownLog) => ({
  about: ABOUT,
  error: `A log could not be written: ${error}`,
  subject,
  at: failedAt,
  link: LINK,
})
