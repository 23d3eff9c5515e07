import { type AlarmSource, MAX_REFERENCES } from '@daybook/shared/incidents/alarm'
import type { Episode } from './episode.ts'
import type { Episodes } from './episode-store.ts'

// What `settle` tells the mailer begins with this word.
const TOPICS = 'kind '
const MAX_EPISODES = 100

/** The failures of jobs that mails tell, as alarms: the episodes of kinds, until a job of the kind succeeds. */
export const failedJobs = ({ open }: Pick<Episodes, 'open'>): AlarmSource => ({
  kind: 'jobs-failed',
  find: async () => (await open(TOPICS, MAX_EPISODES)).map(alarmOf),
})

function alarmOf({ about, error, count, firstAt, recent }: Episode) {
  const kind = about.slice(TOPICS.length)
  // `<instant> <job>`
  const jobs = recent.slice(-MAX_REFERENCES + 1).map(entry => entry.slice(entry.indexOf(' ') + 1))
  return {
    severity: 'warning' as const,
    since: firstAt,
    count,
    problem: `Jobs of the kind ${kind} failed: ${error}`,
    remedy: `Mend the cause, then retry them: GET /jobs?kind=${kind}&state=failed, POST /jobs/retry. It is over when a job of the kind succeeds.`,
    references: [
      { type: 'kind' as const, id: kind },
      ...[...new Set(jobs)].reverse().map(id => ({ type: 'job' as const, id })),
    ],
  }
}
