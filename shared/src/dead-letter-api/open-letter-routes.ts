import { openLetterClaims } from '../dead-letters/letter-claim-store.ts'
import { openLetterContents } from '../dead-letters/letter-content-store.ts'
import { openLetterList } from '../dead-letters/letter-list-store.ts'
import { manyLetters } from '../dead-letters/many-letters.ts'
import { type Handlers, makeReplay } from '../dead-letters/replay.ts'
import type { LetterRoutes } from './letter-routes.ts'

/**
 * Opens what the routes on the dead letters of a service need.
 * @param handlers the consumers of the service: it serves the letters of their groups
 */
export async function openLetterRoutes(
  connection: Parameters<typeof openLetterList>[0],
  handlers: Handlers,
): Promise<LetterRoutes> {
  const list = await openLetterList(connection)
  const [claims, contents] = [openLetterClaims(connection), openLetterContents(connection)]
  const replay = makeReplay(handlers, { claims, contents })
  const topics = new Map(handlers.map(({ group, topic }) => [group, topic]))
  return { topics, list, claims, contents, replay, many: manyLetters({ list, claims, replay }) }
}
