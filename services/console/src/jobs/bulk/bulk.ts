import type { Problem } from '../../api/problem.ts'
import { countAll } from '../../bulk/count-all.ts'
import { cutOff } from '../../bulk/outcome.ts'
import type { Counted, Outcome, Tell } from '../../bulk/plan.ts'
import type { Action } from '../job/job.ts'

/** Commands for many jobs: those of a filter, as they were counted, or chosen ones. */

interface Answer {
  matching?: number
  countedAt?: string
  retried?: number
  cancelled?: number
  asked?: number
  nextCursor: string | null
}

export interface BulkBody {
  filter: object
  dryRun?: boolean
  asOf?: string
  cursor?: string
}

/** Sends a command for all jobs of a filter. */
export type SendBulk = (action: Action, body: BulkBody) => Promise<{ data?: Answer; error?: unknown }>

/** Counts the jobs of a filter on the server, as of one instant. */
export async function countMatches(
  send: SendBulk,
  action: Action,
  filter: object,
): Promise<{ data?: Counted; error?: Problem }> {
  let countedAt = ''
  const { data, error } = await countAll(async cursor => {
    const answer = await send(action, { filter, dryRun: true, ...(cursor && { asOf: countedAt, cursor }) })
    countedAt ||= answer.data?.countedAt ?? ''
    return answer
  })
  return data === undefined ? { error: error as Problem } : { data: { ...data, countedAt } }
}

/** Carries out a command for the jobs that were counted, request by request. */
export async function carryOut(
  send: SendBulk,
  { action, filter, counted }: { action: Action; filter: object; counted: Counted },
  tell: Tell,
): Promise<Outcome> {
  let done = 0
  let cursor: string | null | undefined
  do {
    const body = { filter, asOf: counted.countedAt, ...(cursor ? { cursor } : {}) }
    const { data, error } = await send(action, body)
    if (data === undefined) return cutOff({ done, skipped: 0, failed: 0 }, error as Problem)
    const { retried = 0, cancelled = 0, asked = 0, nextCursor } = data
    done += retried + cancelled + asked
    cursor = nextCursor
    if (!tell(done) && cursor !== null) return { done, skipped: 0, failed: 0, isStopped: true }
  } while (cursor !== null)
  return { done, skipped: Math.max(0, counted.matching - done), failed: 0 }
}

/** Sends a command for one job. */
export type SendOne = (action: Action, id: string) => Promise<{ data?: { answer: string }; error?: unknown }>

const DONE: ReadonlySet<string> = new Set(['retried', 'cancelled', 'asked'])

/** Carries out a command for chosen jobs, one after the other. After an outage the rest is not tried. */
export async function carryOutEach(
  send: SendOne,
  { action, ids }: { action: Action; ids: readonly string[] },
  tell: Tell,
): Promise<Outcome> {
  const outcome: Outcome = { done: 0, skipped: 0, failed: 0 }
  for (const [i, id] of ids.entries()) {
    const { data, error } = await send(action, id)
    const problem = error as Problem | undefined
    if (problem && problem.status >= 500) return cutOff(outcome, problem, i < ids.length - 1)
    if (data && DONE.has(data.answer)) outcome.done += 1
    else if (data || problem?.status === 404) outcome.skipped += 1
    else Object.assign(outcome, { failed: outcome.failed + 1, problem })
    if (!tell(outcome.done) && i < ids.length - 1) return { ...outcome, isStopped: true }
  }
  return outcome
}

const doneTexts: Record<Action, { one: string; many: string }> = {
  retry: { one: 'waits for another attempt', many: 'wait for another attempt' },
  cancel: {
    one: 'is cancelled, or its worker is asked to end it',
    many: 'are cancelled, or their workers are asked to end them',
  },
}

/** Says what became of a command. */
export function outcomeText(action: Action, { done, skipped, failed }: Outcome): string {
  const parts = [
    `${done.toLocaleString('en')} ${doneTexts[action][done === 1 ? 'one' : 'many']}`,
    `${skipped.toLocaleString('en')} skipped: changed meanwhile`,
    `${failed.toLocaleString('en')} failed`,
  ]
  return parts.filter((_, i) => i === 0 || [done, skipped, failed][i] !== 0).join('; ')
}
