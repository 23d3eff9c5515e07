import { buildServer } from '@daybook/shared/http'
import { AUTH_SECRET, client, makeStack, silent, token } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { serveKinds } from '../../src/jobs/http/kinds/kind-routes.ts'
import { serveLimits } from '../../src/jobs/http/kinds/limit-routes.ts'
import { openLimits } from './limits.ts'

/** Serves the routes on kinds and limits over a real store, in this process. */
export async function makeKindApi(t: Test) {
  const limits = await openLimits(t, await makeStack(t))
  const auth = { key: { secret: AUTH_SECRET }, defaultTimeZone: 'UTC' }
  const app = await buildServer({ title: 'Kinds', description: 'Kinds', log: silent, auth, checks: {} })
  serveKinds(app, limits.kinds, limits.admission)
  serveLimits(app, limits.kinds.limits)
  t.teardown(() => app.close())
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const operator = client(url, await token('operator', { admin: true }))
  return {
    ...limits,
    operator,
    as: async (scope?: string) => client(url, await token('alice', scope === undefined ? {} : { scope })),
    put: <Body = View>(path: string, body: unknown, headers: Record<string, string> = {}) =>
      operator<Body>(path, { method: 'PUT', body, headers }),
    /** The faults of a definition, by pointer. */
    faultsOf: async (path: string, body: unknown) => {
      const answer = await operator<Refusal>(path, { method: 'PUT', body })
      t.match([answer.status, answer.body.type], [400, 'urn:daybook:error:DAYBOOK_REQUEST_INVALID'])
      return Object.fromEntries((answer.body.errors ?? []).map(({ pointer, detail }) => [pointer, detail]))
    },
  }
}

export interface View {
  name: string
  version: number
  definition: Record<string, unknown>
  changedBy: string
}

export interface Refusal {
  type: string
  detail: string
  errors?: { pointer: string; detail: string }[]
}
