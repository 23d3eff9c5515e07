import { type ClientOptions, reportingClient, schedulerClient, tasksClient } from '@daybook/client'
import {
  makeStack,
  type RunningService,
  type Stack,
  startService,
  token,
  until,
} from '@daybook/shared/testing'
import { canonicalTimeZone } from '@daybook/shared/time/days'
import type { Test } from 'tap'

const makers = { tasks: tasksClient, reporting: reportingClient, scheduler: schedulerClient }

export type Name = keyof typeof makers
type Clients = { [N in Name]: ReturnType<(typeof makers)[N]> }

/** The three services, running as processes. */
export interface System {
  stack: Stack
  services: Record<Name, RunningService>
  /** Makes an operator's client of a service, at its current address. */
  operator: <N extends Name>(name: N) => Clients[N]
  /** Makes a person's client of a service, at its current address. */
  as: <N extends Name>(name: N, user: string, zone?: string) => Clients[N]
  /** Kills a service as a crash would, and starts it again. */
  crash: (name: Name) => Promise<void>
  /** Ends days by hand and waits until they are reported. */
  reportDays: (days: { day: string; timeZone: string }[]) => Promise<void>
}

/** How a test connects to a service. When the service does not answer, a request fails before the whole test times out. */
export const connection = (url: string, bearer: Promise<string>): ClientOptions => ({
  url,
  token: () => bearer,
  fetch: request => fetch(request, { signal: AbortSignal.timeout(60_000) }),
})

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
  const clientOf = <N extends Name>(name: N, bearer: Promise<string>) =>
    makers[name](connection(services[name].url, bearer)) as Clients[N]
  const admin = token('operator', { admin: true })
  const operator = <N extends Name>(name: N) => clientOf(name, admin)

  async function endDay(day: string, timeZone: string): Promise<void> {
    // The request can be repeated safely: a day is ended only once.
    await until(`the end of ${day} in ${timeZone} is accepted`, async () => {
      const { response } = await operator('scheduler').POST('/end-of-day', { body: { day, timeZone } })
      return response.status === 202
    })
  }
  async function reported(day: string, timeZone: string): Promise<void> {
    await until(`${day} is reported in ${timeZone}`, async () => {
      const params = { path: { id: `${day}@${canonicalTimeZone(timeZone)}` } }
      return (await operator('reporting').GET('/runs/{id}', { params })).data?.state === 'done'
    })
  }
  return {
    stack,
    services,
    operator,
    as: (name, user, zone) => clientOf(name, token(user, zone ? { zone } : {})),
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
