import { dayOf, endOfDay } from '@daybook/shared/days'
import { client, type SeenRecord, type Stack, startService, token, until } from '@daybook/shared/testing'
import type { Test } from 'tap'
import type { Schedule } from '../src/schedules.ts'

export const CLOCK = 'daybook.clock'
export const few = { TIME_ZONES: 'UTC,Europe/Berlin,Asia/Kolkata' }

export const schedulesOf = (stack: Stack) => stack.db.collection<Schedule>('schedules')
export const days = (records: SeenRecord[]) => records.map(({ value }) => value.day)

/** A scheduler over the stack, and an operator's client of it. */
export async function startScheduler(t: Test, stack: Stack, env: Record<string, string> = {}) {
  const service = await startService(t, 'scheduler', { ...stack.env, ...env })
  const operator = client(service.url, await token('operator', { admin: true }))
  const isReady = async () => (await operator('/health/ready')).status === 200
  return { ...service, operator, isReady }
}

/** Sets schedules back so that the last `count` days of each zone are missed, as after downtime. */
export async function setBack(
  stack: Stack,
  zones: readonly string[],
  count: number,
): Promise<Map<string, string[]>> {
  const missed = new Map(zones.map(zone => [zone, lastDays(zone, count)] as const))
  const documents = [...missed].map(([timeZone, [nextDay = '']]) => ({
    _id: `end-of-day:${timeZone}`,
    kind: 'end-of-day' as const,
    timeZone,
    nextDay,
    nextFireAt: endOfDay(nextDay, timeZone),
  }))
  await schedulesOf(stack).insertMany(documents)
  return missed
}

/** The last `count` days that have ended in a time zone, in order. */
export function lastDays(timeZone: string, count: number): string[] {
  const found: string[] = []
  for (let day = dayOf(new Date(), timeZone); found.length < count; found.unshift(day)) {
    const noon = endOfDay(day, timeZone).getTime() - 36 * 3_600_000
    day = dayOf(new Date(noon), timeZone)
  }
  return found
}

/** Waits until no schedule has an event left to publish. */
export async function allPublished(stack: Stack): Promise<void> {
  const waiting = () => schedulesOf(stack).countDocuments({ outbox: { $exists: true } })
  await until('all is published', async () => (await waiting()) === 0)
}
