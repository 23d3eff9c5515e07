import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { SignJWT } from 'jose'
import type { Test } from 'tap'
import { SERVICE_ALLOCATOR, SERVICE_HEAP } from '../../src/process/service-heap.ts'
import { type SpawnedProgram, spawnProgram } from './spawn.ts'
import { AUTH_SECRET } from './stack.ts'

/** Makes a token as an issuer does. */
export function token(
  user: string,
  options: { zone?: string; admin?: boolean; scope?: string; issuer?: string; expires?: string } = {},
): Promise<string> {
  const scope = options.admin ? 'admin' : options.scope
  const claims = { zoneinfo: options.zone, scope, iss: options.issuer }
  return new SignJWT(JSON.parse(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(user)
    .setIssuedAt()
    .setExpirationTime(options.expires ?? '1h')
    .sign(new TextEncoder().encode(AUTH_SECRET))
}

/** A service that runs as a process. */
export interface RunningService extends SpawnedProgram {
  url: string
}

type Name = 'tasks' | 'reporting' | 'scheduler' | 'gateway'

/**
 * Starts a service's main as a process, and resolves when it logs that it is listening.
 * @param env its environment; NODE_OPTIONS comes after the options of the service's heap, and so can replace them
 */
export async function startService(
  t: Pick<Test, 'teardown' | 'comment'>,
  name: Name,
  env: Record<string, string>,
): Promise<RunningService> {
  const main = fileURLToPath(import.meta.resolve(`../../../services/${name}/src/main.ts`))
  const options = [...SERVICE_HEAP, env.NODE_OPTIONS ?? ''].join(' ')
  const program = spawnProgram(t, main, { env: { ...SERVICE_ALLOCATOR, ...env, NODE_OPTIONS: options } })
  program.process.stderr.pipe(process.stderr)
  const listening = Promise.withResolvers<string>()
  createInterface(program.process.stdout).on('line', line => {
    const { msg, url, level } = JSON.parse(line) as { msg: string; url?: string; level: number }
    if (url) listening.resolve(url)
    else if (level >= 40) t.comment(`${name}: ${msg} ${line}`)
  })
  const failed = program.gone.then(code =>
    Promise.reject(new Error(`${name} ended with ${code} before it was listening`)),
  )
  const url = await Promise.race([listening.promise, failed])
  failed.catch(() => undefined)
  return { ...program, url }
}

export interface Answer<Body> {
  status: number
  headers: Headers
  body: Body
}

/** Makes a REST client of one user. A request with a body is a POST, unless `method` is given. */
export function client(url: string, bearer: string) {
  return async <Body = Record<string, never>>(
    path: string,
    options: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer<Body>> => {
    const response = await fetch(url + path, {
      // When the service does not answer, the request fails before the whole test times out.
      signal: AbortSignal.timeout(60_000),
      method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    })
    const text = await response.text()
    const type = response.headers.get('content-type') ?? ''
    const isJson = text !== '' && /^application\/(\w+\+)?json/.test(type)
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }
}
