import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from '../processes/setup-error.ts'
import type { ServiceName } from '../stack/settings.ts'
import type { Bearer, MakeToken } from '../stack/tokens.ts'

/** The API refused a request, and would again. */
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
  /** Sends a request; an answer that is JSON is read as such. Rejects with Refused, or when nobody answers. */
  call<T>(request: Request): Promise<T>
}

type Problem = { detail?: string; errors?: { pointer: string; detail: string }[] }

const ATTEMPTS = 8
const FIRST_PAUSE_MS = 100

/** A client of the three services. A service that is away for a moment, because it is started again, is waited for. */
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
      if (response.status === 401) throw otherSecret(request.service)
      throw new Refused(response.status, told(answer as Problem) ?? `${request.path}: ${response.status}`)
    },
  }
}

function told({ detail, errors }: Problem): string | undefined {
  return errors?.map(error => `${error.pointer} ${error.detail}`).join('; ') ?? detail
}

function otherSecret(service: ServiceName): SetupError {
  const mend = 'set DAYBOOK_DIR, or AUTH_SECRET, as that stack has it, or stop it'
  return new SetupError(
    `${service}: the stack that runs takes no tokens signed with the secret here: ${mend}`,
  )
}
