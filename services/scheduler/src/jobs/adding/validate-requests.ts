import type { Continuation, JobRequest } from '@daybook/shared/events'
import { DaybookError, type Fault } from '@daybook/shared/failures/errors'
import type { Kind } from '../kinds/kind.ts'
import { requestFaults, timeFaults } from './check-request.ts'
import type { KindRules, NewJob } from './new-job.ts'

/** How requests are validated. */
export interface Validation {
  /** The pointer to the request with this index. Default: the root for one request, and `/<index>` for several. */
  pointerOf?: (index: number) => string
  /** True when the requests may have waited for long before they are added, so that one may have expired meanwhile. */
  wait?: boolean
  /** True when the ids were made at random for these requests: nobody can have used them, so they are not looked for. */
  isFresh?: boolean
}

type Pointer = (index: number) => string

export const pointerFor = (requests: unknown[], { pointerOf }: Validation): Pointer =>
  pointerOf ?? (index => (requests.length === 1 ? '' : `/${index}`))

/** @throws DaybookError DAYBOOK_REQUEST_INVALID with the faults that requests have in themselves */
export function refuseFaulty(requests: NewJob[], pointerOf: Pointer): void {
  refuse(
    requests.flatMap(({ request, group }, i) =>
      at(pointerOf(i), [...requestFaults(request), ...groupFaults(request, group)]),
    ),
  )
}

/**
 * Validates requests by the clock and by the rules of their kinds.
 * @param isNew says which of them to validate: a request that was accepted before stays accepted
 * @returns the kinds of the requests, by name
 * @throws DaybookError DAYBOOK_REQUEST_INVALID with all faults
 */
export async function validateByRules(
  requests: NewJob[],
  {
    kinds,
    now,
    wait,
    pointerOf,
    isNew,
  }: {
    kinds: KindRules
    now: Date
    wait: boolean
    pointerOf: Pointer
    isNew: (index: number) => boolean
  },
): Promise<Map<string, Kind>> {
  const rules = await kinds.getMany(
    requests.flatMap(({ request }) => chainOf(request).map(({ kind }) => kind)),
  )
  refuse(
    requests.flatMap(({ request }, i) => {
      if (!isNew(i)) return []
      return at(pointerOf(i), [...timeFaults(request, now, wait), ...dataFaults(request, kinds, rules)])
    }),
  )
  return rules
}

/** Returns the faults in the data of a request and of its continuations. */
function dataFaults(request: JobRequest, { validateData }: KindRules, rules: Map<string, Kind>): Fault[] {
  return chainOf(request).flatMap(({ kind, data = null }, depth) =>
    at(`${'/then'.repeat(depth)}/data`, validateData(rules.get(kind) as Kind, data)),
  )
}

/** A request and its continuations. */
function chainOf(request: JobRequest): (JobRequest | Continuation)[] {
  const chain: (JobRequest | Continuation)[] = []
  for (let next: JobRequest | Continuation | undefined = request; next !== undefined; next = next.then)
    chain.push(next)
  return chain
}

/** A coalescing request may become a part of a job that is not in the group. */
const groupFaults = ({ coalesce }: JobRequest, group: string | undefined): Fault[] =>
  coalesce !== undefined && group !== undefined
    ? [{ pointer: '/coalesce', detail: 'must not be there: jobs of a group do not coalesce' }]
    : []

const at = (path: string, faults: Fault[]): Fault[] =>
  faults.map(({ pointer, detail }) => ({ pointer: path + pointer, detail }))

function refuse(faults: Fault[]): void {
  if (faults.length === 0) return
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'See errors: each points at what to change', { faults })
}
