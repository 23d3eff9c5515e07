import type { TaskEvent } from '@daybook/shared/events'
import type { EventStore } from '../../../services/tasks/src/events/event-store.ts'
import type { Waiting } from '../../../services/tasks/src/events/waiting.ts'
import { type Command, type Draw, pick, some } from './compare.ts'

const ids = ['a', 'b', 'c'].flatMap(task => [1, 2, 3].map(sequence => `${task}:${sequence}`))

function event(id: string): TaskEvent {
  const [taskId = '', sequence = ''] = id.split(':')
  const time = new Date().toISOString()
  const data = { taskId, userId: 'alice', sequence: Number(sequence), deletedAt: time }
  return { id, type: 'TaskDeleted', source: '/daybook/tasks', subject: taskId, time, data }
}

/**
 * What two stores return for the same calls: their notes have other ids, and events of different tasks another order. Only the real
 * one says which note an event has, because the one in memory stores no places.
 */
const comparable = (waiting: (Waiting | undefined)[]) =>
  waiting
    .map(one => {
      const shared = { ...one, note: undefined }
      if (one?.mark === undefined || 'event' in one.mark) return shared
      return { ...shared, mark: { missing: one.mark.missing.toSorted() } }
    })
    .sort((a, b) => ((a.event?.id ?? '') < (b.event?.id ?? '') ? -1 : 1))

/** Draws a call on the events of tasks. */
export function eventCommand(random: Draw): Command<EventStore> {
  const call = (name: string, run: Command<EventStore>['run']): Command<EventStore> => ({ name, run })
  const [few, age, part] = [
    some(random, ids).slice(0, 1 + random(4)),
    random(3),
    some(random, [0, 1, 2, 3, 4]),
  ]
  const before = () => new Date(Date.now() - age * 400)

  /** Some of what the store returned as waiting at some time before. */
  const waited = (known: unknown[]) => {
    const all = (known.findLast(answer => answer instanceof WithRaw) as WithRaw | undefined)?.raw() ?? []
    return part.flatMap(place => all[place] ?? [])
  }
  return pick(random, [
    () => call('append', async store => new WithRaw(await store.append(few.map(event)))),
    () => call('append', async store => new WithRaw(await store.append(few.map(event)))),
    () => call('oldestWaiting', async store => new WithRaw(await store.oldestWaiting(before(), 99))),
    () => call('waitingUpTo', async store => new WithRaw(await store.waitingUpTo(few))),
    () => call('markPublished', (store, known) => store.markPublished(waited(known))),
    () => call('hasUnpublished', store => store.hasUnpublished(before())),
    () => call('readAll', async store => (await store.readAll(few)).sort((a, b) => (a.id < b.id ? -1 : 1))),
    () => call('read', store => store.read('a', [3, 1, 2])),
  ])()
}

/** An answer of which only a part is compared. */
class WithRaw {
  compared: unknown
  #raw: (Waiting | undefined)[]

  constructor(raw: (Waiting | undefined)[]) {
    this.compared = comparable(raw)
    this.#raw = raw
  }

  /** What the store returned, in the order of its events. */
  raw(): Waiting[] {
    return this.#raw.filter(one => one !== undefined).sort((a, b) => (a.event.id < b.event.id ? -1 : 1))
  }
}
