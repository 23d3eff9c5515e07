import { groupCommit } from '@daybook/shared/async/group-commit'
import { growingPause } from '@daybook/shared/async/growing-pause'
import { startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import type { AlarmSource } from '@daybook/shared/incidents/alarm'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { Config } from '../config.ts'
import { type CapStore, openCaps } from './cap-store.ts'
import { decideMails, MAX_DUE } from './decide-mails.ts'
import type { Incident, Recovery } from './episode.ts'
import { type Episodes, openEpisodes } from './episode-store.ts'
import { failedJobs } from './failed-jobs.ts'
import { noteReports, type Report } from './note-reports.ts'
import { rareRecoveries } from './rare-recoveries.ts'
import { type Mails, openMails } from './sending/mail-store.ts'
import { mailMetrics } from './sending/metrics.ts'
import { mailSender } from './sending/send-mails.ts'
import { smtpServer } from './sending/smtp.ts'

/**
 * Tells people about failures by mail: the first failure with an error at once, further ones once in an hour, and the end of
 * the failures. Any number of processes share the counts, the caps and the outbox, which are stored in MongoDB.
 */
export interface Mailer {
  /**
   * Stores failures; the mails about them follow. Rejects in an outage of MongoDB: report the same failures again, even if
   * some of them are stored already.
   */
  report: (incidents: readonly Incident[]) => Promise<void>
  /**
   * Stores successes of topics. Only those after failures matter; the others cost a query in a second. A success that follows
   * another one within a second is stored at the end of the second. Rejects like `report`.
   */
  recovered: (recoveries: readonly Recovery[]) => Promise<void>
  /** The failures of jobs that are not over, see `failedJobs`. */
  failedJobs: AlarmSource
  /** Stops after the attempt at hand, or aborts that attempt after five seconds: the mail is then sent after the restart. */
  stop: () => Promise<void>
}

type Settings = Pick<
  Config,
  | 'SMTP_URL'
  | 'SMTP_TLS_CA'
  | 'MAIL_FROM'
  | 'mailTo'
  | 'MAILS_PER_HOUR'
  | 'MAILS_PER_HOUR_TO_SAME'
  | 'MAIL_RETENTION_DAYS'
>

interface Options {
  log: Logger
  /** Called when mailing fails for another reason than an outage. */
  fail: (error: Error) => void
  metrics: Registry
  /** The clock. */
  now?: () => Date
  /**
   * Milliseconds between two looks for work of other processes, and between two attempts while the SMTP server is away. While
   * there is nothing to do, the time between two looks grows up to six times as long.
   */
  pollEvery?: number
}

const MAX_REMOVED = 1000
const MAX_REPORTS = 1000
const CLEAN_EVERY_MS = 3_600_000
const PATIENCE_MS = 5000

/** Opens the mailer: makes its collections and starts to send. */
export async function openMailer(
  mongo: Parameters<typeof openMails>[0],
  settings: Settings,
  options: Options,
): Promise<Mailer> {
  const [episodes, mails] = await Promise.all([openEpisodes(mongo), openMails(mongo)])
  const { wake, stop } = startLoops({ episodes, mails, places: openCaps(mongo) }, settings, options)
  // Reports that arrive together are written together: each alone would be written over the others, and often again.
  const note = groupCommit(async (reports: Report[]) => {
    await noteReports(episodes, reports)
    wake()
    return reports
  }, MAX_REPORTS)
  const { recovered, failed, ...rare } = rareRecoveries(recoveries => note({ recoveries }), options)

  return {
    async report(incidents) {
      const told = incidents.map(one => (one.to.length > 0 ? one : { ...one, to: settings.mailTo }))
      if (told.length === 0) return
      await note({ incidents: told })
      for (const { about } of told) failed(about)
    },
    recovered,
    failedJobs: failedJobs(episodes),
    async stop() {
      await rare.stop()
      await stop()
    },
  }
}

/** Starts to decide and to send mails, and to remove old ones. */
function startLoops(
  { episodes, mails, places }: { episodes: Episodes; mails: Mails; places: CapStore },
  settings: Settings,
  { log, fail, metrics, now = () => new Date(), pollEvery = 5000 }: Options,
): { wake: () => void; stop: () => Promise<void> } {
  const { SMTP_URL: url, SMTP_TLS_CA: ca, MAIL_FROM: from } = settings
  const caps = { inAll: settings.MAILS_PER_HOUR, toSame: settings.MAILS_PER_HOUR_TO_SAME }
  const server = url && from ? smtpServer({ url, from, ca }) : undefined
  const send = mailSender({ mails, server, log, now, count: mailMetrics(metrics, mails) })
  const stopping = new AbortController()
  const loop = (turn: () => Promise<number>) => startLoop(() => duringOutage(turn, pollEvery), fail)

  const [toSend, toDecide] = [growingPause(pollEvery), growingPause(pollEvery)]
  const sending = loop(async () => {
    const sent = await send(stopping.signal)
    toSend.looked(sent !== 'none')
    return sent === 'next' ? 0 : toSend.ms()
  })
  const deciding = loop(async () => {
    const handled = await decideMails({ episodes, mails, places, caps, now })
    toDecide.looked(handled > 0)
    if (handled > 0) sending.wake()
    return handled === MAX_DUE ? 0 : toDecide.ms()
  })
  const cleaning = loop(async () => {
    const before = new Date(now().getTime() - settings.MAIL_RETENTION_DAYS * 86_400_000)
    const removed = [await mails.removeEnded(before, MAX_REMOVED), await episodes.forget(before, MAX_REMOVED)]
    return removed.includes(MAX_REMOVED) ? 0 : CLEAN_EVERY_MS
  })
  return {
    wake: deciding.wake,
    async stop() {
      const impatience = setTimeout(() => stopping.abort(), PATIENCE_MS)
      await Promise.all([deciding.stop(), sending.stop(), cleaning.stop()])
      clearTimeout(impatience)
    },
  }
}

async function duringOutage(turn: () => Promise<number>, pause: number): Promise<number> {
  try {
    return await turn()
  } catch (error) {
    if (!isOutage(error)) throw error
    return pause
  }
}
