import { beginningWith } from '@daybook/shared/mongo/beginning-with'
import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import { createIndexes } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'
import type { Episode } from './episode.ts'
import { episodeModel } from './episode-model.ts'

/** The stored episodes. An episode is written only over the version that was read. */
export interface Episodes {
  /**
   * Changes an episode, again and again until no other process changes it meanwhile.
   * @param decide gets the episode, or undefined when there is none; returns undefined to leave everything as it is
   */
  change: (id: string, decide: (read: Episode | undefined) => Episode | undefined) => Promise<void>
  /** Writes an episode over the version that was read. Returns false, and writes nothing, if the episode has changed since. */
  replace: (read: Episode, next: Episode) => Promise<boolean>
  /** Removes an episode, unless it has changed since it was read. */
  remove: (read: Episode) => Promise<void>
  /** Returns which of these episodes exist, and how many episodes a topic has. */
  known: (about: string, ids: string[]) => Promise<{ ids: Set<string>; count: number }>
  /** The ids of the episodes of some topics. */
  idsOf: (abouts: string[]) => Promise<{ _id: string; about: string }[]>
  /** Episodes whose next mail is due, the longest waiting first. */
  due: (now: Date, limit: number) => Promise<Episode[]>
  /** Episodes whose topic begins with a text and that no success has followed, the newest failures first. */
  open: (beginning: string, limit: number) => Promise<Episode[]>
  /** Removes episodes without a failure since an instant and without a mail that is due, at most `limit`. */
  forget: (before: Date, limit: number) => Promise<number>
}

export async function openEpisodes(connection: Connection): Promise<Episodes> {
  const episodes = episodeModel(connection)
  await createIndexes(episodes)

  async function insert(episode: Episode): Promise<boolean> {
    try {
      await episodes.insertMany([{ ...episode, version: 1 }])
      return true
    } catch (error) {
      if (isDuplicateKey(error)) return false
      throw error
    }
  }

  async function replace({ _id, version }: Episode, next: Episode): Promise<boolean> {
    const written = await episodes.replaceOne({ _id, version }, { ...next, version: version + 1 })
    return written.modifiedCount === 1
  }

  return {
    replace,
    async change(id, decide) {
      for (;;) {
        const read = (await episodes.findById(id).lean<Episode>()) ?? undefined
        const next = decide(read)
        if (next === undefined) return
        if (await (read === undefined ? insert(next) : replace(read, next))) return
      }
    },
    async remove({ _id, version }) {
      await episodes.deleteOne({ _id, version })
    },
    async known(about, ids) {
      const [found, count] = await Promise.all([
        episodes.find({ _id: { $in: ids } }, { _id: 1 }).lean<{ _id: string }[]>(),
        episodes.countDocuments({ about }),
      ])
      return { ids: new Set(found.map(({ _id }) => _id)), count }
    },
    idsOf: abouts =>
      episodes.find({ about: { $in: abouts } }, { about: 1 }).lean<{ _id: string; about: string }[]>(),
    due: (now, limit) =>
      episodes
        .find({ dueAt: { $lte: now } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .lean<Episode[]>(),
    open: (beginning, limit) =>
      episodes
        .find({ about: beginningWith(beginning), count: { $gt: 0 }, recoveredAt: { $exists: false } })
        .sort({ lastAt: -1 })
        .limit(limit)
        .lean<Episode[]>(),
    async forget(before, limit) {
      const old = { lastAt: { $lt: before }, dueAt: { $exists: false } }
      const found = await episodes.find(old, { _id: 1 }).limit(limit).lean<{ _id: string }[]>()
      const ids = found.map(({ _id }) => _id)
      return (await episodes.deleteMany({ _id: { $in: ids }, ...old })).deletedCount
    },
  }
}
