import type { ScheduleFired } from '@daybook/shared/events'
import {
  AUTH_SECRET,
  client,
  type SeenRecord,
  type Stack,
  silent,
  startService,
  token,
  until,
} from '@daybook/shared/testing'
import { dayOf, endOfDay } from '@daybook/shared/time/days'
import { Registry } from 'prom-client'
import type { Test } from 'tap'
import { buildApp } from '../../src/app.ts'
import { type FiringDeps, fireDue } from '../../src/firing/fire-due.ts'
import { scheduleMetrics } from '../../src/firing/metrics.ts'
import type { scheduleBody } from '../../src/http/schemas.ts'
import type { Schedule } from '../../src/schedules/schedule.ts'
import { decodeEvents } from '../../src/schedules/schedule-model.ts'
import { openSchedules } from '../../src/schedules/schedule-store.ts'

export const CLOCK = 'daybook.clock'
export const few = { TIME_ZONES: 'UTC,Europe/Berlin,Asia/Kolkata' }

export const schedulesOf = (stack: Stack) => stack.db.collection<Schedule>('schedules')
export const days = (records: SeenRecord[]) => records.map(({ value }) => value.day)

/** The parts of an error answer that tests read. */
export interface Refusal {
  type: string
  detail: string
  errors?: { pointer: string; detail: string }[]
}

const requests = (operator: ReturnType<typeof client>) => ({
  operator,
  put: <Body = ScheduleView>(name: string, body: unknown, headers: Record<string, string> = {}) =>
    operator<Body>(`/schedules/${name}`, { method: 'PUT', body, headers }),
  post: <Body = ScheduleView>(path: string, headers: Record<string, string> = {}) =>
    operator<Body>(`/schedules/${path}`, { method: 'POST', headers }),
  get: async (name: string) => (await operator<ScheduleView>(`/schedules/${name}`)).body,
})

/** Starts a scheduler on the stack as a process, and makes an operator's client. */
export async function startScheduler(t: Test, stack: Stack, env: Record<string, string> = {}) {
  const service = await startService(t, 'scheduler', { ...stack.env, ...env })
  const operator = client(service.url, await token('operator', { admin: true }))
  const isReady = async () => (await operator('/health/ready')).status === 200
  return { ...service, isReady, ...requests(operator) }
}

/**
 * Makes a scheduler in this process. It ticks only when a test calls `tick`, and publishes nothing: its events stay in the
 * outbox. It ends the days of `timeZones` only.
 * @param options.deadline as DAY_CLOSE_DEADLINE_SECONDS, in milliseconds; `minInterval` is in milliseconds too
 */
export async function makeScheduler(t: Test, stack: Stack, options: SchedulerOptions = {}) {
  const { minInterval = 1000, deadline = 300_000, timeZones = [] } = options
  const schedules = await openSchedules(stack.db, timeZones, new Date())
  const metrics = new Registry()
  const count = scheduleMetrics(metrics, schedules, deadline)
  const deps: FiringDeps = { schedules, relay: { offer() {} }, count, log: silent }
  const auth = { key: { secret: AUTH_SECRET }, defaultTimeZone: 'UTC' }
  const app = await buildApp(deps, { log: silent, auth, checks: {}, metrics, minInterval })
  t.teardown(() => app.close())
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const tick = (now = new Date()) => fireDue(deps, now)
  /** The events of a schedule, as they would be published. */
  const fired = async (name: string) => {
    const { outbox = [] } = (await schedulesOf(stack).findOne({ _id: name })) ?? {}
    return decodeEvents(outbox.map(({ event }) => event)) as ScheduleFired[]
  }
  return { url, deps, tick, fired, ...requests(client(url, await token('operator', { admin: true }))) }
}

interface SchedulerOptions {
  minInterval?: number
  deadline?: number
  timeZones?: string[]
}

export type ScheduleView = ReturnType<typeof scheduleBody>

/** Inserts end-of-day schedules that have missed the last `count` days of each zone, as after downtime. */
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

/** The last `count` days that have ended in a time zone, oldest first. */
export function lastDays(timeZone: string, count: number): string[] {
  const found: string[] = []
  for (let day = dayOf(new Date(), timeZone); found.length < count; found.unshift(day)) {
    const noon = endOfDay(day, timeZone).getTime() - 36 * 3_600_000
    day = dayOf(new Date(noon), timeZone)
  }
  return found
}

/** Waits until no schedule has events to publish. */
export async function allPublished(stack: Stack): Promise<void> {
  const waiting = () => schedulesOf(stack).countDocuments({ outbox: { $exists: true } })
  await until('all events are published', async () => (await waiting()) === 0)
}
