import type { Scheduler } from '@daybook/client'
import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import type { Definition, Kind } from './kind-fields.ts'

/** Requests about kinds and shared limits. A change holds for the version that was read, and otherwise is refused. */

export type Limit = Scheduler.components['schemas']['Limit']

interface Page<T> {
  rows: T[]
  nextAfter: string | null
}
type Answer<T> = { data?: T; error?: Problem }

const LIMIT = 100

/** @param q a part of the name; empty: all */
export async function readKinds(
  { q, after }: { q: string; after: string | undefined },
  signal: AbortSignal,
): Promise<Answer<Page<Kind>>> {
  const query = { limit: LIMIT, ...(q && { q }), ...(after !== undefined && { after }) }
  const { data, error } = await schedulerApi.GET('/kinds', { params: { query }, signal })
  if (data === undefined) return { error: error as Problem }
  return { data: { rows: data.kinds, nextAfter: data.nextAfter } }
}

/** Reads the first limits. @param q a part of the name; empty: all */
export async function readLimits(
  { q, limit }: { q: string; limit: number },
  signal: AbortSignal,
): Promise<Answer<Page<Limit>>> {
  const query = { limit, ...(q && { q }) }
  const { data, error } = await schedulerApi.GET('/limits', { params: { query }, signal })
  if (data === undefined) return { error: error as Problem }
  return { data: { rows: data.limits, nextAfter: data.nextAfter } }
}

const pathOf = (name: string, signal: AbortSignal | undefined) => ({
  params: { path: { name } },
  ...(signal && { signal }),
})

/** What a form begins with. `null`: nobody has defined it. */
function begun<T>({
  data,
  error,
  response,
}: {
  data?: T
  error?: unknown
  response: Response
}): Answer<T | null> {
  if (response.status === 404) return { data: null }
  return data === undefined ? { error: error as Problem } : { data }
}

/** Reads a kind. */
export const readKind = async (name: string, signal?: AbortSignal): Promise<Answer<Kind | null>> =>
  begun(await schedulerApi.GET('/kinds/{name}', pathOf(name, signal)))

/** Reads a shared limit. */
export const readLimit = async (name: string, signal?: AbortSignal): Promise<Answer<Limit | null>> =>
  begun(await schedulerApi.GET('/limits/{name}', pathOf(name, signal)))

/** The header that lets a change hold only for a version; undefined: only if there is none. */
const onlyIf = (version: number | undefined) =>
  version === undefined ? { 'if-none-match': '*' } : { 'if-match': `"${version}"` }

/** @param version the one that was read; undefined to create it */
export const putKind = (name: string, version: number | undefined, body: Definition) =>
  schedulerApi.PUT('/kinds/{name}', { params: { path: { name }, header: onlyIf(version) }, body })

export const deleteKind = (name: string, version: number) =>
  schedulerApi.DELETE('/kinds/{name}', { params: { path: { name }, header: onlyIf(version) } })

export const putLimit = (name: string, version: number | undefined, body: Limit['definition']) =>
  schedulerApi.PUT('/limits/{name}', { params: { path: { name }, header: onlyIf(version) }, body })

export const deleteLimit = (name: string, version: number) =>
  schedulerApi.DELETE('/limits/{name}', { params: { path: { name }, header: onlyIf(version) } })
