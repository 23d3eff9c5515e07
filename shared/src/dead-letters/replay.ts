import { boundedText } from '../failures/bounded-text.ts'
import { isOutage } from '../failures/outage.ts'
import { type ConsumerOptions, type IncomingMessage, Interrupted } from '../kafka/index.ts'
import { CLAIM_MS, type ClaimedLetter, type LetterClaims } from './letter-claim-store.ts'
import type { LetterContents } from './letter-content-store.ts'

/** The consumers of a process whose messages can be parked: what handles the messages of which group again. */
export type Handlers = readonly Pick<ConsumerOptions, 'group' | 'topic' | 'handle'>[]

/** Why the message of a letter was not handed to its handler, or not until its end. */
export const skipReasons = ['busy', 'batch', 'gone', 'interrupted'] as const

/** The result of replaying one letter. Only a letter whose message was handled is removed. */
export type Replayed = { id: string } & (
  | { result: 'handled' }
  | { result: 'failed'; error: string }
  | { result: 'skipped'; reason: (typeof skipReasons)[number] }
)

/**
 * Hands the message of a letter to the handler of its consumer group, in this process.
 * @param isOver whether the replay must end early; asked at each heartbeat of the handler
 * @throws an outage; the letter stays as it was
 */
export type Replay = (id: string, isOver: () => boolean) => Promise<Replayed>

export function makeReplay(
  handlers: Handlers,
  { claims, contents }: { claims: LetterClaims; contents: Pick<LetterContents, 'read'> },
): Replay {
  const byGroup = new Map(handlers.map(handler => [handler.group, handler]))
  const groups = [...byGroup.keys()]

  async function handle(letter: ClaimedLetter, isOver: () => boolean): Promise<void> {
    const message = await messageOf(letter, contents)
    await whileClaimed(letter, claims, async isLost => {
      const heartbeat = async () => {
        if (isOver() || isLost()) throw new Interrupted('the replay must end')
      }
      await byGroup.get(letter.group)?.handle([message], heartbeat)
    })
  }

  return async (id, isOver) => {
    const letter = await claims.take(groups, id)
    if (letter === undefined) return { id, result: 'skipped', reason: 'gone' }
    if (letter === 'busy') return { id, result: 'skipped', reason: 'busy' }
    if (letter.batch !== undefined) {
      await claims.release(letter)
      return { id, result: 'skipped', reason: 'batch' }
    }
    try {
      await handle(letter, isOver)
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown))
      if (isOutage(error)) {
        // Fails as well when MongoDB is away. Then the claim ends by itself.
        await Promise.allSettled([claims.release(letter)])
        throw error
      }
      if (error instanceof Interrupted) {
        await claims.release(letter)
        return { id, result: 'skipped', reason: 'interrupted' }
      }
      await claims.fail(letter, error)
      return { id, result: 'failed', error: boundedText(error.message) }
    }
    await claims.remove(letter)
    return { id, result: 'handled' }
  }
}

/** The message of a letter, as it came from Kafka. */
async function messageOf(
  letter: ClaimedLetter,
  contents: Pick<LetterContents, 'read'>,
): Promise<IncomingMessage> {
  const { topic, partition, offset, parkedAt } = letter
  // Letters of earlier versions do not have the time of the record; it was parked soon afterwards.
  const { timestamp = parkedAt.getTime() } = letter
  const body = await contents.read(letter)
  return { topic, partition, offset: BigInt(offset), timestamp, ...body, isReplay: true }
}

/** Does work while a timer renews the claim. @param work can ask whether another replay may have the letter now */
async function whileClaimed(
  letter: ClaimedLetter,
  claims: LetterClaims,
  work: (isLost: () => boolean) => Promise<void>,
): Promise<void> {
  let isLost = false
  const renew = async () => {
    try {
      isLost ||= !(await claims.renew(letter))
    } catch {
      // A claim that cannot be renewed ends, and another replay may take the letter.
      isLost = true
    }
  }
  const renewal = setInterval(renew, CLAIM_MS / 2)
  try {
    await work(() => isLost)
  } finally {
    clearInterval(renewal)
  }
}
