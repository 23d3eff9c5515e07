import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { type DeadLetter, letterModel } from './dead-letter-model.ts'
import { describe } from './dead-letter-store.ts'
import { openLetterContents } from './letter-content-store.ts'

/** The milliseconds after which another replay may take a letter whose process has ended. */
export const CLAIM_MS = 10_000

/** A letter that nobody else replays or deletes now. */
export interface ClaimedLetter extends DeadLetter {
  claim: NonNullable<DeadLetter['claim']>
}

type Removable = Pick<DeadLetter, '_id' | 'chunks'>

/** Changes and removes dead letters, each by one replay or deletion at a time. */
export interface LetterClaims {
  /** Claims a letter. @returns `busy` while another replay has it; undefined when there is no such letter of these groups */
  take: (groups: readonly string[], id: string) => Promise<ClaimedLetter | 'busy' | undefined>
  /** @returns whether the letter is still claimed, for the next `CLAIM_MS` */
  renew: (letter: ClaimedLetter) => Promise<boolean>
  /** Ends a claim; the letter stays as it was. */
  release: (letter: ClaimedLetter) => Promise<void>
  /** Notes that the message failed again, and ends the claim. */
  fail: (letter: ClaimedLetter, error: Error) => Promise<void>
  /** Removes a letter whose message was handled. */
  remove: (letter: ClaimedLetter) => Promise<void>
  /** Deletes letters that no replay has. @returns how many */
  removeUnclaimed: (letters: readonly Removable[]) => Promise<number>
}

/** Whether a replay has a letter now. */
export const isClaimed = ({ claim }: Pick<DeadLetter, 'claim'>): boolean =>
  claim !== undefined && claim.until > new Date()

/** Opens the claims. */
export function openLetterClaims(connection: Connection): LetterClaims {
  const letters = letterModel(connection)
  const contents = openLetterContents(connection)
  const newClaim = (by: string) => ({ by, until: new Date(Date.now() + CLAIM_MS) })
  const unclaimed = () => ({ $or: [{ claim: { $exists: false } }, { 'claim.until': { $lte: new Date() } }] })
  const mine = ({ _id, claim }: ClaimedLetter) => ({ _id, 'claim.by': claim.by })

  async function removeUnclaimed(found: readonly Removable[]): Promise<number> {
    const ids = { _id: { $in: found.map(({ _id }) => _id) } }
    const { deletedCount } = await letters.deleteMany({ ...ids, ...unclaimed() })
    const large = found.filter(({ chunks }) => chunks !== undefined)
    if (large.length === 0) return deletedCount
    const left = deletedCount === found.length ? [] : await letters.find(ids, { _id: 1 }).lean<Removable[]>()
    const kept = new Set(left.map(({ _id }) => _id))
    await contents.remove(large.filter(({ _id }) => !kept.has(_id)))
    return deletedCount
  }

  return {
    async take(groups, _id) {
      const claim = newClaim(randomUUID())
      const known = { _id, group: { $in: [...groups] } }
      const update = { $set: { claim } }
      const letter = await letters.findOneAndUpdate({ ...known, ...unclaimed() }, update).lean<DeadLetter>()
      if (letter !== null) return { ...letter, claim }
      return (await letters.exists(known)) === null ? undefined : 'busy'
    },
    async renew(letter) {
      const renewed = { $set: { claim: newClaim(letter.claim.by) } }
      return (await letters.updateOne(mine(letter), renewed)).matchedCount === 1
    },
    async release(letter) {
      await letters.updateOne(mine(letter), { $unset: { claim: '' } })
    },
    async fail(letter, error) {
      const failed = { error: describe(error), lastAttemptAt: new Date() }
      await letters.updateOne(mine(letter), { $set: failed, $inc: { attempts: 1 }, $unset: { claim: '' } })
    },
    async remove(letter) {
      const { deletedCount } = await letters.deleteOne(mine(letter))
      // Another replay has the letter if the claim has ended, and reads its content.
      if (deletedCount === 1) await contents.remove([letter])
    },
    removeUnclaimed,
  }
}
