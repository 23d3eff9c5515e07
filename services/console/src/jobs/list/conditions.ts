import { isInstant } from '../../time/instant.ts'
import { type Action, isPossible, type State, states, type statesOf } from '../job/job.ts'

/** Which jobs a list shows: the conditions in its address. */

const conditionNames = ['kind', 'lane', 'key', 'group', 'schedule', 'q', 'from', 'before'] as const
type ConditionName = (typeof conditionNames)[number]

const isTime = (name: ConditionName) => name === 'from' || name === 'before'

export type Conditions = Partial<Record<ConditionName, string>>

/** Reads the conditions of an address. Without the state, which the tabs choose. */
export function conditionsOf(query: URLSearchParams): Conditions {
  const given = conditionNames.flatMap(name => {
    const value = query.get(name)
    const isFine = value && (!isTime(name) || isInstant(value))
    return isFine ? [[name, value] as const] : []
  })
  return Object.fromEntries(given)
}

/** Reads the state of an address; undefined: jobs in all states. */
export const stateOf = (query: URLSearchParams): State | undefined =>
  states.find(state => state === query.get('state'))

/** Changes of the query that remove all conditions. */
export const noConditions: Record<string, undefined> = Object.fromEntries(
  [...conditionNames, 'state', 'cursor'].map(name => [name, undefined]),
)

/**
 * The filter of a command for all jobs of a list.
 * @returns undefined when the command can do nothing in this state, or would be about all jobs there are
 */
export function filterFor<A extends Action>(
  action: A,
  conditions: Conditions,
  state: State | undefined,
): (Conditions & { state?: (typeof statesOf)[A][number] }) | undefined {
  if (state === undefined) return Object.keys(conditions).length === 0 ? undefined : conditions
  return isPossible(action, state) ? { ...conditions, state } : undefined
}

const texts: Record<ConditionName, (value: string) => string> = {
  kind: value => `of the kind ${value}`,
  lane: value => `of the lane ${value}`,
  key: value => `with the key ${value}`,
  group: value => `of the group ${value}`,
  schedule: value => `of the schedule ${value}`,
  q: value => `with "${value}" at the beginning of the id or in the error`,
  from: value => `added since ${value}`,
  before: value => `added before ${value}`,
}

const stateTexts: Record<State, string> = {
  waiting: 'that wait',
  sent: 'that are sent to a worker',
  running: 'that run',
  succeeded: 'that succeeded',
  failed: 'that failed',
  cancelled: 'that were cancelled',
  expired: 'that expired',
}

/**
 * Says in words which jobs are meant: "jobs that failed, of the kind send-invoice".
 * @param which the states; several are joined by "or"
 * @param timeOf writes an instant
 */
export function inWords(
  conditions: Conditions,
  which: readonly State[],
  timeOf: (instant: string) => string,
): string {
  const [first, ...others] = which.map(state => stateTexts[state])
  const byState = [first, ...others.map(text => text.replace('that ', ''))].filter(Boolean).join(' or ')
  const byCondition = conditionNames.flatMap(name => {
    const value = conditions[name]
    if (value === undefined) return []
    return [texts[name](isTime(name) ? timeOf(value) : value)]
  })
  return [['jobs', byState].filter(Boolean).join(' '), ...byCondition].join(', ')
}
