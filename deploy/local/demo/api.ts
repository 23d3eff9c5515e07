import { setTimeout as sleep } from 'node:timers/promises'
import { reportingClient, schedulerClient, tasksClient } from '@daybook/client'
import { SetupError } from '../processes/setup-error.ts'
import type { ServiceName } from '../stack/settings.ts'
import type { Bearer, MakeToken } from '../stack/tokens.ts'

const ATTEMPTS = 8
const FIRST_PAUSE_MS = 100

export type Api = ReturnType<typeof apiOf>

/**
 * Makes clients of the three services, for any user. They retry for some seconds while a service does not answer, as in a
 * restart. A call throws TypeError when the service still does not answer, and SetupError when it does not know the token.
 */
export function apiOf(urls: Record<ServiceName, string>, makeToken: MakeToken, signal: AbortSignal) {
  const options = (service: ServiceName, as: Bearer) => ({
    url: urls[service],
    token: () => makeToken(as),
    async fetch(request: Request) {
      const response = await patiently(request, signal)
      if (response.status === 401) throw wrongSecret(service)
      return response
    },
  })
  return {
    tasks: (as: Bearer) => tasksClient(options('tasks', as)),
    reporting: (as: Bearer) => reportingClient(options('reporting', as)),
    scheduler: (as: Bearer) => schedulerClient(options('scheduler', as)),
  }
}

/** Sends a request, and sends it again while the service does not answer or answers with 5xx. */
async function patiently(request: Request, signal: AbortSignal, left = ATTEMPTS): Promise<Response> {
  const response = await fetch(request.clone(), { signal }).catch(error => {
    if (!(error instanceof TypeError) || left === 1) throw error
    return undefined
  })
  if (response !== undefined && (response.status < 500 || left === 1)) return response
  await response?.body?.cancel()
  await sleep(FIRST_PAUSE_MS * 2 ** (ATTEMPTS - left), undefined, { signal })
  return patiently(request, signal, left - 1)
}

function wrongSecret(service: ServiceName): SetupError {
  const remedy = 'set DAYBOOK_DIR or AUTH_SECRET as for that stack, or stop it'
  return new SetupError(
    `${service}: the running stack takes no tokens signed with the secret here: ${remedy}`,
  )
}
