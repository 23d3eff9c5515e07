import type { LetterList } from '../dead-letters/letter-list-store.ts'
import type { LetterFilter } from '../dead-letters/letter-source-store.ts'
import type { WatchedOutbox } from './outbox-alarms.ts'

/** Work that waits in a service for one reason. */
export interface WaitingWork {
  /** Names it, for programs: it never changes. */
  kind: string
  /** What waits, and for what, in words. */
  what: string
  count: number
  /** Whether there is more than `count`. */
  more?: boolean
  /** Since when the oldest of it waits; undefined when nothing waits, or the store does not say it. */
  since?: Date | undefined
}

/** Work of a service that waits, as the store knows it. */
export interface WaitingSource {
  /** Names the source, for programs: it never changes. */
  name: string
  /** Counts the work of each reason, also where nothing waits. */
  find: () => Promise<WaitingWork[]>
}

/** The events in the outboxes of a service that are not published yet. */
export const waitingOutboxes = (outboxes: readonly Pick<WatchedOutbox, 'waiting'>[]): WaitingSource => ({
  name: 'outbox',
  async find() {
    const now = new Date()
    const found = await Promise.all(outboxes.map(({ waiting }) => waiting(now)))
    const left = found.filter(one => one !== undefined)
    return [
      {
        kind: 'outbox',
        what: 'Events that are stored and not yet published',
        count: left.reduce((sum, { count }) => sum + count, 0),
        more: left.some(({ more }) => more),
        since: oldestOf(left.map(({ since }) => since)),
      },
    ]
  },
})

/** The dead letters of a service. Takes the routes' topics by groups and their list. */
export const waitingLetters = ({
  topics: groups,
  list,
}: {
  topics: LetterFilter['groups']
  list: Pick<LetterList, 'page' | 'count'>
}): WaitingSource => ({
  name: 'dead-letters',
  async find() {
    const [{ count, more }, { letters }] = await Promise.all([
      list.count({ groups }),
      list.page({ groups }, { order: 'oldest first', limit: 1, fields: [] }),
    ])
    const what = 'Dead letters: messages that could not be handled'
    return [{ kind: 'dead-letters', what, count, more, since: letters[0]?.parkedAt }]
  },
})

/** The earliest of some instants; undefined when there is none. */
export const oldestOf = (instants: readonly Date[]): Date | undefined =>
  instants.reduce<Date | undefined>(
    (oldest, one) => (oldest !== undefined && oldest <= one ? oldest : one),
    undefined,
  )
