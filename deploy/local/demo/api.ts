import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from '../processes/setup-error.ts'
import type { ServiceName } from '../stack/settings.ts'
import type { Bearer, MakeToken } from '../stack/tokens.ts'

/** The API refused a request. After a refusal with 5xx, the client has retried the request. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export type Request = {
  service: ServiceName
  path: string
  as: Bearer
  method?: 'GET' | 'POST'
  body?: unknown
  headers?: Record<string, string>
}

export type Api = {
  /**
   * Sends a request and returns the answer: parsed if it is JSON, otherwise as text.
   * @throws Refused when the service refuses it; TypeError when the service does not answer
   */
  call<T>(request: Request): Promise<T>
}

type Problem = { detail?: string; errors?: { pointer: string; detail: string }[] }

const ATTEMPTS = 8
const FIRST_PAUSE_MS = 100

/** Makes a client of the three services. It retries for some seconds while a service does not answer, as in a restart. */
export function apiOf(urls: Record<ServiceName, string>, makeToken: MakeToken, signal: AbortSignal): Api {
  async function send({ service, path, as, method, body, headers }: Request): Promise<Response> {
    return fetch(urls[service] + path, {
      method: method ?? 'GET',
      headers: {
        authorization: `Bearer ${await makeToken(as)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal,
    })
  }

  async function attempt(request: Request, left: number): Promise<Response> {
    const pause = FIRST_PAUSE_MS * 2 ** (ATTEMPTS - left)
    const response = await send(request).catch(async error => {
      if (!(error instanceof TypeError) || left === 1) throw error
      return undefined
    })
    if (response !== undefined && (response.status < 500 || left === 1)) return response
    await response?.body?.cancel()
    await sleep(pause, undefined, { signal })
    return attempt(request, left - 1)
  }

  return {
    async call<T>(request: Request): Promise<T> {
      const response = await attempt(request, ATTEMPTS)
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json')
      const answer: unknown = isJson ? JSON.parse(text) : text
      if (response.ok) return answer as T
      if (response.status === 401) throw wrongSecret(request.service)
      throw new Refused(
        response.status,
        messageOf(answer as Problem) ?? `${request.path}: ${response.status}`,
      )
    },
  }
}

function messageOf({ detail, errors }: Problem): string | undefined {
  return errors?.map(error => `${error.pointer} ${error.detail}`).join('; ') ?? detail
}

function wrongSecret(service: ServiceName): SetupError {
  const remedy = 'set DAYBOOK_DIR or AUTH_SECRET as for that stack, or stop it'
  return new SetupError(
    `${service}: the running stack takes no tokens signed with the secret here: ${remedy}`,
  )
}
