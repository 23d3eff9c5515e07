import type { User } from '@daybook/shared/http'
import type { Audience } from '../../src/events/audience.ts'
import { EventBuffer, type NewEvent } from '../../src/events/event-buffer.ts'
import { type EventHub, makeHub } from '../../src/events/event-hub.ts'

/** The kept bytes and milliseconds of a buffer that forgets nothing. */
export const ALL = { bytes: 1e9, milliseconds: 1e9 }
export const begin = [[0, 0], [0], [0], [0]]

export const user = (id: string, more: Partial<User> = {}): User => ({
  id,
  timeZone: 'UTC',
  admin: false,
  scopes: [],
  expiresAt: Date.now() + 3_600_000,
  ...more,
})

/** An event of a partition of daybook.tasks. */
export const event = (partition: number, offset: number, audience: Audience = { user: 'ada' }): NewEvent => ({
  topic: 0,
  partition,
  offset,
  time: Date.now(),
  audience,
  lines: Buffer.from(`event: TaskCreated\ndata: "${partition}/${offset}"\n`),
  linesForPeople: undefined,
})

/** A hub whose buffer begins with the topics. */
export function openHub(limits = ALL, end = begin): { hub: EventHub; buffer: EventBuffer } {
  const buffer = new EventBuffer(begin, limits)
  return { buffer, hub: makeHub(buffer, async () => end) }
}

export interface Received {
  event: string
  data: unknown
  id: string | undefined
}

/** Reads the fields of server-sent events. Comments are left out. */
export function parse(text: string): Received[] {
  const blocks = text.split('\n\n').filter(block => block !== '' && !block.startsWith(':'))
  return blocks.map(block => {
    const fields = Object.fromEntries(
      block.split('\n').map(line => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
    )
    return { event: fields.event ?? '', data: JSON.parse(fields.data ?? 'null'), id: fields.id }
  })
}
