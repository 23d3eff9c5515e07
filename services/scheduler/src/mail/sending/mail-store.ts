import { randomUUID } from 'node:crypto'
import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import { createIndexes } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'
import { type Mail, type NewMail, type Progress, waitingMail } from './mail.ts'
import { mailModel } from './mail-model.ts'

/** The outbox of mails. */
export interface Mails {
  /** Stores a mail to be sent. A mail that is stored already stays as it is. */
  put: (mail: NewMail) => Promise<void>
  /**
   * Takes the mail that has waited longest. No other process gets it for `lease` milliseconds, or until `settle`.
   * @returns undefined when no mail waits for an attempt
   */
  claim: (now: Date, lease: number) => Promise<Mail | undefined>
  /** Stores what became of a claimed mail, unless the lease has expired and another process has claimed it. */
  settle: (claimed: Mail, progress: Progress) => Promise<void>
  /** Counts mails that are not sent yet. */
  countWaiting: () => Promise<number>
  /** Removes mails that ended before an instant, at most `limit`. */
  removeEnded: (before: Date, limit: number) => Promise<number>
}

export async function openMails(connection: Connection): Promise<Mails> {
  const mails = mailModel(connection)
  await createIndexes(mails)
  return {
    async put(mail) {
      try {
        await mails.insertMany([waitingMail(mail)])
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
      }
    },
    async claim(now, lease) {
      const update = { $set: { claim: randomUUID(), nextAt: new Date(now.getTime() + lease) } }
      const options = { sort: { nextAt: 1 }, returnDocument: 'after' } as const
      const claimed = await mails.findOneAndUpdate({ nextAt: { $lte: now } }, update, options).lean<Mail>()
      return claimed ?? undefined
    },
    async settle({ _id, claim }, { nextAt, trouble, endedAt, ...progress }) {
      const waits =
        nextAt === undefined ? { $unset: { nextAt: '', claim: '', trouble: '' } } : { $unset: { claim: '' } }
      const set = {
        ...progress,
        ...(nextAt === undefined ? {} : { nextAt, trouble: trouble ?? '' }),
        ...(endedAt === undefined ? {} : { endedAt }),
      }
      await mails.updateOne({ _id, ...(claim === undefined ? {} : { claim }) }, { $set: set, ...waits })
    },
    countWaiting: () => mails.countDocuments({ nextAt: { $exists: true } }),
    async removeEnded(before, limit) {
      const old = { endedAt: { $lt: before } }
      const found = await mails.find(old, { _id: 1 }).limit(limit).lean<{ _id: string }[]>()
      return (await mails.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } })).deletedCount
    },
  }
}
