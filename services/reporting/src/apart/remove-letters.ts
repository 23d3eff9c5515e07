import { openLetterClaims } from '@daybook/shared/dead-letters/letter-claim-store'
import { openLetterContents } from '@daybook/shared/dead-letters/letter-content-store'
import { openLetterList } from '@daybook/shared/dead-letters/letter-list-store'
import type { LetterPlace } from '@daybook/shared/dead-letters/letter-source-store'
import { readLogRequest } from '../logs/log-requests.ts'
import { requestSources } from '../logs/log-writer.ts'
import { userLogId } from '../logs/user-log-store.ts'
import type { WriteDeps } from '../logs/write-user-logs.ts'

const PAGE = 200
const groups = new Map(requestSources.map(({ group, topic }) => [group, topic]))
const fields = ['key', 'headers', 'value', 'chunks'] as const

/**
 * Opens the function that removes the dead letters of log requests whose logs are written after all, by whatever request. A letter
 * that is replayed at the same time is left to its replay.
 */
export async function openRemoveLetters(
  connection: Parameters<typeof openLetterList>[0],
): Promise<WriteDeps['removeLetters']> {
  const list = await openLetterList(connection)
  const [claims, contents] = [openLetterClaims(connection), openLetterContents(connection)]

  async function removeOf(userId: string, logs: ReadonlySet<string>): Promise<void> {
    let after: LetterPlace | undefined
    do {
      // The key of a request is its user.
      const page = await list.page(
        { groups, key: userId },
        { order: 'oldest first', after, limit: PAGE, fields },
      )
      const answered: typeof page.letters = []
      for (const letter of page.letters) {
        const reading = readLogRequest(await contents.read(letter))
        if (reading.status === 'event' && logs.has(idOf(reading.event.data))) answered.push(letter)
      }
      if (answered.length > 0) await claims.removeUnclaimed(answered)
      after = page.after
    } while (after !== undefined)
  }

  return async logs => {
    for (const [userId, ofUser = []] of Map.groupBy(logs, ({ userId }) => userId))
      await removeOf(userId, new Set(ofUser.map(idOf)))
  }
}

const idOf = ({ day, userId }: { day: string; userId: string }) => userLogId(day, userId)
