import type { LetterFilter, LetterList } from '../dead-letters/letter-list-store.ts'
import type { Watched } from './watch-failures.ts'

// Each letter may have a stack. A mail lists ten failures, and GET /dead-letters all.
const MAX_LETTERS = 100

const aboutGroup = (group: string) => `messages to ${group}`

/**
 * The dead letters of a service as failures: what happens between parking and telling does not matter, because a letter is found
 * until it is replayed or deleted. A group without letters is over.
 * @param letters the list, and the topics by the groups of the service
 * @param service the name of the service, as in `reporting`
 */
export function letterFailures(
  { topics, list }: { topics: LetterFilter['groups']; list: Pick<LetterList, 'page'> },
  service: string,
): Watched {
  const link = `What to do: docs/operations.md, "Dead letters". GET /dead-letters of ${service} shows all of them.`

  async function ofGroup([group, topic]: [string, string]) {
    const { letters } = await list.page(
      { groups: new Map([[group, topic]]) },
      { order: 'newest first', limit: MAX_LETTERS, fields: ['error'] },
    )
    return letters.toReversed().map(({ _id: subject, parkedAt: at, error }) => ({
      about: aboutGroup(group),
      error: `A message of ${topic} could not be handled: ${error.message}`,
      subject,
      at,
      link,
    }))
  }

  return {
    abouts: [...topics.keys()].map(aboutGroup),
    find: async () => (await Promise.all([...topics].map(ofGroup))).flat(),
  }
}
