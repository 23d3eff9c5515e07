import type { Problem } from './problem.ts'
import { send } from './send.ts'

interface Init {
  params?: {
    path?: Record<string, string>
    query?: Record<string, string | number | undefined>
    header?: Record<string, string>
  }
  body?: unknown
  signal?: AbortSignal
}

/** What a request has led to: `data` when it succeeded, otherwise `error`. */
export type Answer<T> =
  | { data: T; error?: undefined; response: Response }
  | { data?: undefined; error: Problem; response: Response }

async function request<T>(method: string, path: string, init: Init = {}): Promise<Answer<T>> {
  const { params = {}, body, signal } = init
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params.path?.[name] ?? ''))
  const url = new URL(filled, window.location.origin)
  for (const [name, value] of Object.entries(params.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  const headers = { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...params.header }
  const response = await send(
    new Request(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    }),
  )
  if (!response.ok) return { error: (await response.json()) as Problem, response }
  return { data: (response.status === 204 ? undefined : await response.json()) as T, response }
}

const method =
  (name: string) =>
  <T>(path: string, init?: Init) =>
    request<T>(name, path, init)

/** The services behind the gateway. */
export const api = {
  GET: method('GET'),
  POST: method('POST'),
  PATCH: method('PATCH'),
  PUT: method('PUT'),
  DELETE: method('DELETE'),
}
