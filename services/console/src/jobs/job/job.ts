import type { Scheduler } from '@daybook/client'
import type { Tone } from '../../elements/mark.tsx'
import type { LiveEvent } from '../../live/message.ts'

/** Jobs as the scheduler shows them, and what can be done with them. */

export type ListedJob = Scheduler.components['schemas']['ListedJob']
export type Job = Scheduler.components['schemas']['Job']
export type State = Job['state']

export const states = [
  'waiting',
  'sent',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
] as const satisfies readonly State[]

/** How a state looks. Each is told by its word too. */
export const tones: Record<State, Tone> = {
  waiting: 'idle',
  sent: 'idle',
  running: 'idle',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'idle',
  expired: 'warning',
}

/** What can be done with one or many jobs. */
export const actions = ['retry', 'cancel'] as const
export type Action = (typeof actions)[number]

/** The states in which an action can do something. */
export const statesOf = {
  retry: ['failed', 'cancelled', 'expired'],
  cancel: ['waiting', 'sent', 'running'],
} as const satisfies Record<Action, readonly State[]>

type StateOf<A extends Action> = (typeof statesOf)[A][number]

/** Whether an action can do something with jobs of a state. */
export const isPossible = <A extends Action>(action: A, state: State): state is StateOf<A> =>
  (statesOf[action] as readonly State[]).includes(state)

/** The action that can do something with a job; undefined when it has succeeded. */
export const actionFor = ({ state }: Pick<Job, 'state'>): Action | undefined =>
  actions.find(action => isPossible(action, state))

export const actionNames: Record<Action, string> = { retry: 'Retry', cancel: 'Cancel' }

export const hasEnded = (state: State): boolean => !isPossible('cancel', state)

/** Makes the function that says whether an event is about a job. */
export const concernsJob =
  (id: string) =>
  ({ data }: Pick<LiveEvent, 'data'>): boolean =>
    data.job === id

/** The first line of an error, which says most of it. */
export const firstLine = (error: string): string => error.split('\n', 1)[0] ?? ''
