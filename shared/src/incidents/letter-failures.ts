import type { LetterList } from '../dead-letters/letter-list-store.ts'
import type { LetterFilter } from '../dead-letters/letter-source-store.ts'
import type { AlarmSource } from './alarm.ts'
import type { Watched } from './watch-failures.ts'

// Each letter may have a stack. A mail lists ten failures, and GET /dead-letters all.
const MAX_LETTERS = 100

const remedyOf = (service: string) =>
  `What to do: docs/operations.md, "Dead letters". GET /dead-letters of ${service} shows all of them.`
const problemOf = (topic: string, { message }: { message: string }) =>
  `A message of ${topic} could not be handled: ${message}`
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
  const link = remedyOf(service)

  async function ofGroup([group, topic]: [string, string]) {
    const { letters } = await list.page(
      { groups: new Map([[group, topic]]) },
      { order: 'newest first', limit: MAX_LETTERS, fields: ['error'] },
    )
    return letters.toReversed().map(({ _id: subject, parkedAt: at, error }) => ({
      about: aboutGroup(group),
      error: problemOf(topic, error),
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

/** The dead letters of a service as alarms, one for each group. Takes the same arguments as `letterFailures`. */
export function letterAlarms(
  { topics, list }: { topics: LetterFilter['groups']; list: Pick<LetterList, 'page' | 'count'> },
  service: string,
): AlarmSource {
  async function ofGroup([group, topic]: [string, string]) {
    const filter = { groups: new Map([[group, topic]]) }
    const ends = { limit: 1, fields: ['error'] } as const
    const [{ count, more }, oldest, newest] = await Promise.all([
      list.count(filter),
      list.page(filter, { order: 'oldest first', ...ends }),
      list.page(filter, { order: 'newest first', ...ends }),
    ])
    const [[first], [last]] = [oldest.letters, newest.letters]
    if (first === undefined || last === undefined) return []
    const words = { problem: problemOf(topic, last.error), remedy: remedyOf(service) }
    const references = [{ type: 'group' as const, id: group }]
    return [{ severity: 'warning' as const, since: first.parkedAt, count, more, ...words, references }]
  }
  return { kind: 'dead-letters', find: async () => (await Promise.all([...topics].map(ofGroup))).flat() }
}
