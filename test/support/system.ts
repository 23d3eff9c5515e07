import {
  client,
  makeStack,
  type RunningService,
  type Stack,
  startService,
  token,
  until,
} from '@daybook/shared/testing'
import { canonicalTimeZone } from '@daybook/shared/time/days'
import type { Test } from 'tap'

export type Name = 'tasks' | 'reporting' | 'scheduler'

/** The three services, running as processes. */
export interface System {
  stack: Stack
  services: Record<Name, RunningService>
  operator: (name: Name) => Promise<ReturnType<typeof client>>
  /** Makes a person's client of the tasks service, at its current address. */
  as: (user: string, zone?: string) => Promise<ReturnType<typeof client>>
  /** Kills a service as a crash would, and starts it again. */
  crash: (name: Name) => Promise<void>
  /** Ends days by hand and waits until they are reported. */
  reportDays: (days: { day: string; timeZone: string }[]) => Promise<void>
}

export async function startSystem(
  t: Test,
  options: { stack?: Stack; env?: Record<string, string> } = {},
): Promise<System> {
  const stack = options.stack ?? (await makeStack(t))
  const start = (name: Name) => startService(t, name, { ...stack.env, ...options.env })
  const [tasks, reporting, scheduler] = await Promise.all([
    start('tasks'),
    start('reporting'),
    start('scheduler'),
  ])
  const services = { tasks, reporting, scheduler }
  const admin = await token('operator', { admin: true })
  const operator = async (name: Name) => client(services[name].url, admin)

  async function endDay(day: string, timeZone: string): Promise<void> {
    // The request can be repeated safely: a day is ended only once.
    await until(`the end of ${day} in ${timeZone} is accepted`, async () => {
      const { status } = await (await operator('scheduler'))('/end-of-day', { body: { day, timeZone } })
      return status === 202
    })
  }
  async function reported(day: string, timeZone: string): Promise<void> {
    await until(`${day} is reported in ${timeZone}`, async () => {
      const path = `/runs/${encodeURIComponent(`${day}@${canonicalTimeZone(timeZone)}`)}`
      return (await (await operator('reporting'))<{ state: string }>(path)).body.state === 'done'
    })
  }
  return {
    stack,
    services,
    operator,
    as: async (user, zone) => client(services.tasks.url, await token(user, zone ? { zone } : {})),
    async crash(name) {
      await services[name].end('SIGKILL')
      services[name] = await start(name)
    },
    async reportDays(days) {
      for (const { day, timeZone } of days) await endDay(day, timeZone)
      for (const { day, timeZone } of days) await reported(day, timeZone)
    },
  }
}
