import type { Teller } from '@daybook/shared/incidents/failure'
import type { Mailer } from './mailer.ts'

/** Tells the operators by mail. That a topic is over is known from the store, so its mail waits for nothing. */
export const tellByMail = (mailer: Pick<Mailer, 'report' | 'recovered'>): Teller => ({
  failed: failures =>
    mailer.report(
      failures.map(({ about, error, subject, at, link }) => ({
        ...{ about, error, subject, at, to: [] },
        ...(link === undefined ? {} : { link }),
      })),
    ),
  over: topics => mailer.recovered(topics.map(({ about, at }) => ({ about, at, isSettled: true }))),
})
