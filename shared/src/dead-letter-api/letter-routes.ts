import type { Static } from 'typebox'
import type { LetterClaims } from '../dead-letters/letter-claim-store.ts'
import type { LetterContents } from '../dead-letters/letter-content-store.ts'
import type { LetterList } from '../dead-letters/letter-list-store.ts'
import type { LetterFilter } from '../dead-letters/letter-source-store.ts'
import type { ManyLetters } from '../dead-letters/many-letters.ts'
import type { Replay } from '../dead-letters/replay.ts'
import { DaybookError } from '../failures/errors.ts'
import type { filterOf } from './letter-schemas.ts'

/** What the routes on dead letters need. */
export interface LetterRoutes {
  /** The topics by the consumer groups whose letters are served. */
  topics: LetterFilter['groups']
  list: LetterList
  claims: LetterClaims
  contents: Pick<LetterContents, 'read'>
  replay: Replay
  many: ManyLetters
}

/** The options that all these routes share. */
export const admin = { config: { admin: true } }
export const tags = ['dead letters']

export const noLetter = (id: string) =>
  new DaybookError(
    'DAYBOOK_DEAD_LETTER_NOT_FOUND',
    `There is no dead letter ${id}: its message was handled, or it was deleted, or another service has it`,
  )

/** The conditions of a command as the log has them: the text that was searched may be that of a task. */
export const loggedFilter = ({ text, ...filter }: Static<ReturnType<typeof filterOf>>): object => ({
  ...filter,
  ...(text === undefined ? {} : { text: '(not logged)' }),
})

/** Converts the conditions of a request to a filter. */
export function readFilter(
  topics: LetterRoutes['topics'],
  {
    topic,
    group,
    key,
    partition,
    offset,
    error,
    errorGroup,
    text,
    from,
    before,
  }: Static<ReturnType<typeof filterOf>>,
): LetterFilter {
  const wanted = [...topics].filter(([one]) => group === undefined || group === one)
  const readers = wanted.filter(([, read]) => topic === undefined || topic === read)
  return {
    // Of a topic that none of the groups reads any more, each of them may have letters.
    groups: new Map(readers.length > 0 ? readers : wanted),
    ...{ topic, key, partition, error, errorGroup, text },
    offset: offset === undefined ? undefined : BigInt(offset),
    from: from === undefined ? undefined : new Date(from),
    before: before === undefined ? undefined : new Date(before),
  }
}
