import { setTimeout as sleep } from 'node:timers/promises'
import { waitOut } from '@daybook/shared/failures/outage'
import type { Outbox } from '@daybook/shared/outbox'
import type { ProgressBar } from '@daybook/shared/process/progress'
import type { Logger } from 'pino'
import type { EventStore } from '../events/event-store.ts'
import type { Part, StoredIds } from '../events/stored-ids-store.ts'
import type { Waiting } from '../events/waiting.ts'
import { taskOfEvent } from '../task.ts'
import { pagesInOrder } from './pages-in-order.ts'

const PAGE = 500

/** How many events there are in a part of the store. */
export interface Counted {
  events: number
  tasks: number
}

interface Reading {
  ids: StoredIds
  log: Logger
}

interface Republishing extends Reading {
  store: Pick<EventStore, 'readAll'>
  outbox: Pick<Outbox<Waiting>, 'publish'>
  /** The most events to publish in a second. */
  rate: number
  progress: Pick<ProgressBar, 'add'>
}

/** Counts the events of a part of the store. */
export async function countEvents(part: Part, reading: Reading): Promise<Counted> {
  const counted = counter()
  for await (const page of pagesOf(part, reading)) counted.add(page)
  return counted.sum()
}

/**
 * Publishes the events of a part of the store again, those of each task in order, with the ids and bytes that they had before.
 * Through the outbox: an event that still waits to be published is so after those that wait before it.
 */
export async function republishEvents(part: Part, republishing: Republishing): Promise<Counted> {
  const { store, outbox, rate, progress, log } = republishing
  const counted = counter()
  let freeAt = performance.now()
  for await (const page of pagesOf(part, republishing)) {
    const events = await waitOut('reading events', () => store.readAll(page), { log })
    const publish = () => outbox.publish(events.map(event => ({ event })))
    await waitOut('publishing events', publish, { log })
    counted.add(page)
    progress.add(page.length)
    freeAt = Math.max(freeAt, performance.now()) + (1000 * page.length) / rate
    await sleep(Math.max(0, freeAt - performance.now()))
  }
  return counted.sum()
}

const pagesOf = (part: Part, { ids, log }: Reading) =>
  pagesInOrder(after => waitOut('reading events', () => ids.page(part, after), { log }), PAGE)

/** Counts pages of ids. The events of a task follow each other. */
function counter() {
  let [events, tasks, last] = [0, 0, '']
  return {
    add(page: string[]) {
      events += page.length
      for (const id of page) {
        const taskId = taskOfEvent(id)?.taskId ?? ''
        if (taskId !== last) tasks += 1
        last = taskId
      }
    },
    sum: (): Counted => ({ events, tasks }),
  }
}
