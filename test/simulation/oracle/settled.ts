import { documentsOf } from '../ports/database.ts'
import type { Outside } from '../processes/outside.ts'

interface Stored {
  _id: string
  state?: string
  outbox?: unknown[]
  published?: boolean
  events?: string[]
  nextFireAt?: Date
}

// By them the first processes begin, and everything else follows from what they read.
const readers = ['tasks-clock', 'reporting-projection', 'reporting-clock']

/**
 * What is not done yet: runs, events that wait to be published, messages that are not handled, days that are over and have not
 * ended.
 */
export function unsettled({ database, broker }: Outside, now: number): string[] {
  const found: string[] = []
  const stored = (name: string) => documentsOf<Stored>(database, name).values()
  for (const name of ['runs', 'user_logs', 'schedules'])
    for (const { _id, outbox } of stored(name)) if (outbox) found.push(`${name} ${_id} has events to publish`)
  for (const { _id, state } of stored('runs')) if (state !== 'done') found.push(`the run ${_id} is ${state}`)
  const events = documentsOf<Stored>(database, 'events')
  // A note that names only events that were never stored waits for nothing.
  for (const { _id, published, events: named = [_id] } of events.values())
    if (published === false && named.some(id => events.has(id))) found.push(`${_id} is not published`)
  for (const { _id, nextFireAt } of stored('schedules'))
    if (nextFireAt && nextFireAt.getTime() <= now) found.push(`${_id} is due`)
  for (const { _id } of stored('logs_apart')) found.push(`${_id} is to be written apart`)
  for (const name of readers) if (!broker.groups().has(name)) found.push(`${name} has not begun to read`)
  for (const [name, { topic, committed }] of broker.groups())
    for (let p = 0; p < broker.partitions(topic); p += 1) {
      const [at, end] = [committed.get(p) ?? 0n, broker.end(topic, p)]
      if (at < end) found.push(`${name} is at ${at} of ${end} in ${topic}/${p}`)
    }
  return found
}
