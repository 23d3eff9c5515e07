import type { Failure } from '@daybook/shared/incidents/failure'
import { MAX_FAILURES, type Watched } from '@daybook/shared/incidents/watch-failures'
import type { Logger } from 'pino'
import type { Reruns } from './rerun-store.ts'

const ABOUT = 'reruns'
const LINK = 'What to do: docs/operations.md, "Write days again". GET /reruns of reporting lists them.'

interface OverdueRerun extends Failure {
  rerun: string
}

/**
 * The reruns without progress as failures.
 * @param deadline how long a rerun may be without progress, in milliseconds
 */
export function overdueReruns(
  reruns: Pick<Reruns, 'overdue'>,
  deadline: number,
  log: Logger,
): Watched<OverdueRerun> {
  const error = `No day of a rerun was done for ${deadline / 1000} s`
  return {
    abouts: [ABOUT],
    async find(now) {
      const overdue = await reruns.overdue(new Date(now.getTime() - deadline))
      return overdue
        .map(({ _id, from, to, advancedAt }) => {
          const [subject, at] = [`${_id} of ${from} to ${to}`, new Date(advancedAt.getTime() + deadline)]
          return { about: ABOUT, error, subject, id: _id, at, link: LINK, rerun: _id }
        })
        .sort((a, b) => a.at.getTime() - b.at.getTime())
        .slice(-MAX_FAILURES)
    },
    logNew: ({ rerun, subject }) =>
      log.error({ code: 'DAYBOOK_RERUN_OVERDUE', rerun }, `${error}: ${subject}`),
  }
}
