import { client, type RunningService, type Stack, startService, token } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { ensureConsole } from '../../services/console/build.ts'
import { type Name, type System, startSystem } from '../support/system.ts'
import { openPage, type WatchedPage } from './open-browser.ts'
import type { Browser, ContextOptions } from './types.ts'

/** The whole system with its gateway, which serves the console. */
export interface Console {
  system: System
  gateway: RunningService
  /** Starts a service or the gateway again, at the same address. */
  startAgain: (name: Name | 'gateway') => Promise<void>
  /** Makes a person's REST client of the services, through the gateway. */
  as: (user: string, zone?: string) => Promise<ReturnType<typeof client>>
  /** Makes a link that signs a person in, once. */
  linkFor: (bearer: string) => Promise<string>
  /** Opens the console in a session of its own, with a person who is signed in. */
  open: (browser: Browser, who: Who, options?: ContextOptions) => Promise<WatchedPage>
}

export interface Who {
  user: string
  zone?: string
  admin?: boolean
}

/** Starts the services, the gateway and the console. */
export async function startConsole(
  t: Test,
  options: { stack?: Stack; env?: Record<string, string> } = {},
): Promise<Console> {
  const [system] = await Promise.all([startSystem(t, options), ensureConsole()])
  const { tasks, reporting, scheduler } = system.services
  const addresses = { TASKS_URL: tasks.url, REPORTING_URL: reporting.url, SCHEDULER_URL: scheduler.url }
  const start = (name: Name | 'gateway', port: string) =>
    startService(t, name, { ...system.stack.env, ...options.env, ...addresses, PORT: port })
  const portOf = ({ url }: RunningService) => new URL(url).port
  const running: Console = {
    system,
    gateway: await start('gateway', '0'),
    async startAgain(name) {
      if (name === 'gateway') running.gateway = await start(name, portOf(running.gateway))
      else system.services[name] = await start(name, portOf(system.services[name]))
    },
    as: async (user, zone) => client(running.gateway.url, await token(user, zone ? { zone } : {})),
    async linkFor(bearer) {
      const { body } = await client(running.gateway.url, bearer)<{ code: string }>('/sign-in/codes', {
        method: 'POST',
      })
      return `${running.gateway.url}/ui/#code=${body.code}`
    },
    async open(browser, { user, ...claims }, options) {
      const watched = await openPage(browser, options)
      await watched.page.goto(await running.linkFor(await token(user, claims)))
      await watched.page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
      return watched
    },
  }
  return running
}
