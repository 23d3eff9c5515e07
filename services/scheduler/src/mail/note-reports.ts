import { randomUUID } from 'node:crypto'
import { normalisedError } from '@daybook/shared/failures/error-words'
import { withIncidents, withRecovery } from './change-episode.ts'
import { episodeId, type Incident, type Recovery } from './episode.ts'
import type { Episodes } from './episode-store.ts'

/** Failures and successes. */
export interface Report {
  incidents?: readonly Incident[]
  recoveries?: readonly Recovery[]
}

// More errors of one topic share an episode: errors that contain names, for example, would each have a mail of their own.
const MAX_EPISODES = 10

/**
 * Notes failures and successes in their episodes. If it rejects, some of them may be noted: note all of them again, because a
 * failure counts once.
 */
export async function noteReports(episodes: Episodes, reports: readonly Report[]): Promise<void> {
  const incidents = reports.flatMap(report => report.incidents ?? [])
  const topics = Map.groupBy(incidents, ({ about }) => about)
  for (const [about, failures] of topics) await noteFailures(episodes, about, failures)
  const recoveries = reports.flatMap(report => report.recoveries ?? [])
  if (recoveries.length > 0) await noteRecoveries(episodes, recoveries)
}

/** Adds failures of one topic to their episodes. */
async function noteFailures(episodes: Episodes, about: string, incidents: Incident[]): Promise<void> {
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

/** Notes successes in all episodes of their topics. Topics without failures cost no more than a part of one query. */
async function noteRecoveries(episodes: Episodes, recoveries: readonly Recovery[]): Promise<void> {
  const topics = Map.groupBy(recoveries, ({ about }) => about)
  for (const { _id, about } of await episodes.idsOf([...topics.keys()])) {
    const found = topics.get(about) ?? []
    await episodes.change(_id, read => {
      const noted = found.reduce((episode, one) => episode && (withRecovery(episode, one) ?? episode), read)
      return noted === read ? undefined : noted
    })
  }
}
