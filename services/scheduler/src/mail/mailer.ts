import { randomUUID } from 'node:crypto'
import { startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { Config } from '../config.ts'
import { openCaps } from './cap-store.ts'
import { decideMails, MAX_DUE } from './decide-mails.ts'
import { type Incident, type Recovery, withIncidents, withRecovery } from './episode.ts'
import { type Episodes, openEpisodes } from './episode-store.ts'
import { episodeId, normalisedError } from './error-group.ts'
import { openMails } from './mail-store.ts'
import { mailMetrics } from './metrics.ts'
import { mailSender } from './send-mails.ts'
import { smtpServer } from './smtp.ts'

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
  /** Stores successes of topics. Only those after failures matter; the others cost one query in all. Rejects like `report`. */
  recovered: (recoveries: readonly Recovery[]) => Promise<void>
  /** Stops after the attempt at hand, or aborts that attempt after five seconds: the mail is then sent after the restart. */
  stop: () => Promise<void>
}

type Settings = Pick<
  Config,
  'SMTP_URL' | 'MAIL_FROM' | 'mailTo' | 'MAILS_PER_HOUR' | 'MAILS_PER_HOUR_TO_SAME' | 'MAIL_RETENTION_DAYS'
>

interface Options {
  log: Logger
  /** Called when mailing fails for another reason than an outage. */
  fail: (error: Error) => void
  metrics: Registry
  /** The clock. */
  now?: () => Date
  /** Milliseconds between two looks for work of other processes, and between two attempts while the SMTP server is away. */
  pollEvery?: number
}

// More errors of one topic share an episode: errors that contain names, for example, would each have a mail of their own.
const MAX_EPISODES = 10
const MAX_REMOVED = 1000
const CLEAN_EVERY_MS = 3_600_000
const PATIENCE_MS = 5000

/** Opens the mailer: makes its collections and starts to send. */
export async function openMailer(
  mongo: Parameters<typeof openMails>[0],
  settings: Settings,
  { log, fail, metrics, now = () => new Date(), pollEvery = 5000 }: Options,
): Promise<Mailer> {
  const [episodes, mails] = await Promise.all([openEpisodes(mongo), openMails(mongo)])
  const caps = { inAll: settings.MAILS_PER_HOUR, toSame: settings.MAILS_PER_HOUR_TO_SAME }
  const deciding = { episodes, mails, places: openCaps(mongo), caps, now }
  const { SMTP_URL: url, MAIL_FROM: from } = settings
  const server = url && from ? smtpServer(url, from) : undefined
  const send = mailSender({ mails, server, log, now, count: mailMetrics(metrics, mails) })
  const stopping = new AbortController()
  const loop = (turn: () => Promise<number>) => startLoop(() => duringOutage(turn, pollEvery), fail)

  const sending = loop(async () => ((await send(stopping.signal)) ? 0 : pollEvery))
  const decisions = loop(async () => {
    const handled = await decideMails(deciding)
    if (handled > 0) sending.wake()
    return handled === MAX_DUE ? 0 : pollEvery
  })
  const cleaning = loop(async () => {
    const before = new Date(now().getTime() - settings.MAIL_RETENTION_DAYS * 86_400_000)
    const removed = [await mails.removeEnded(before, MAX_REMOVED), await episodes.forget(before, MAX_REMOVED)]
    return removed.includes(MAX_REMOVED) ? 0 : CLEAN_EVERY_MS
  })

  return {
    async report(incidents) {
      const told = incidents.map(one => (one.to.length > 0 ? one : { ...one, to: settings.mailTo }))
      for (const [about, ones] of Map.groupBy(told, one => one.about)) await note(episodes, about, ones)
      decisions.wake()
    },
    async recovered(recoveries) {
      const latest = new Map(recoveries.map(one => [one.about, one]))
      for (const { _id, about } of await episodes.idsOf([...latest.keys()])) {
        const recovery = latest.get(about)
        await episodes.change(_id, read => read && recovery && withRecovery(read, recovery))
      }
      decisions.wake()
    },
    async stop() {
      const impatience = setTimeout(() => stopping.abort(), PATIENCE_MS)
      await Promise.all([decisions.stop(), sending.stop(), cleaning.stop()])
      clearTimeout(impatience)
    },
  }
}

/** Adds failures of one topic to their episodes. */
async function note(episodes: Episodes, about: string, incidents: Incident[]): Promise<void> {
  const groups = Map.groupBy(incidents, ({ error }) => episodeId(about, normalisedError(error)))
  const known = await episodes.known(about, [...groups.keys()])
  let free = MAX_EPISODES - known.count
  for (const [id, ones] of groups) {
    const isMixed = !known.ids.has(id) && free <= 0
    if (!known.ids.has(id)) free -= 1
    const names = { _id: isMixed ? episodeId(about, undefined) : id, key: randomUUID(), isMixed }
    await episodes.change(names._id, read => withIncidents(read, ones, names))
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
