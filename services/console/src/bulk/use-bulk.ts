import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Problem } from '../api/problem.ts'
import { announce } from '../elements/announcer.tsx'
import { endingOf } from './outcome.ts'
import type { Command, Counted, Outcome, Plan, Tell } from './plan.ts'

/** How far a command for many things is. */
export type Phase =
  | { is: 'counting'; plan: Plan }
  | { is: 'asking'; plan: Plan; counted: Counted }
  | { is: 'refused'; plan: Plan; problem: Problem }
  | { is: 'running'; command: Omit<Command, 'run'>; done: number; isStopping: boolean }
  /** `left`: how many match afterwards. */
  | { is: 'over'; command: Omit<Command, 'run'>; outcome: Outcome; left: number | undefined }

export interface Bulk {
  phase: Phase | undefined
  isBusy: boolean
  /** Counts what matches, and asks. */
  ask: (plan: Plan) => Promise<void>
  /** Carries out what was asked, for so many things at most. */
  confirm: (most: number) => Promise<void>
  /** Carries out a command at once. */
  run: (command: Command) => Promise<Outcome>
  /** Lets the request that is under way be the last one. */
  stop: () => void
  close: () => void
}

/** The command that was given last, on any page: a command that runs goes on when its page is left. `owner`: the list that shows it. */
const given = signal<{ id: number; owner: object | undefined; phase: Phase } | undefined>(undefined)
let commands = 0

const isRunning = () => given.peek()?.phase.is === 'running'

function begin(owner: object, phase: Phase): number {
  commands += 1
  given.value = { id: commands, owner, phase }
  return commands
}

/** Shows the next phase of a command, unless another one was given or the person has closed it. */
function show(id: number, phase: Phase): void {
  const value = given.peek()
  if (value?.id === id) given.value = { ...value, phase }
}

/** Shows that a command runs. @returns what it tells how far it is */
function teller(id: number, command: Omit<Command, 'run'>): Tell {
  const tell = (done: number) => {
    const value = given.peek()
    // Its person has signed out.
    if (value?.id !== id) return false
    const isStopping = value.phase.is === 'running' && value.phase.isStopping
    show(id, { is: 'running', command, done, isStopping })
    return !isStopping
  }
  tell(0)
  return tell
}

function end(id: number, command: Omit<Command, 'run'>, outcome: Outcome): void {
  if (given.peek()?.id !== id) return
  show(id, { is: 'over', command, outcome, left: undefined })
  announce(`${command.verb} ${command.words}: ${command.outcomeText(outcome)}. ${endingOf(outcome)}`)
}

function stop(): void {
  const value = given.peek()
  if (value?.phase.is === 'running') show(value.id, { ...value.phase, isStopping: true })
}

/** Forgets a command. One that runs goes on: the dialog closes after it has confirmed. */
function close(): void {
  if (!isRunning()) given.value = undefined
}

/** Commands for many things, one at a time on all pages. @param changed is called after each */
export function useBulk(changed: () => void): Bulk {
  const owner = useRef({}).current
  useEffect(() => () => leave(owner), [])
  const ask: Bulk['ask'] = async plan => {
    if (isRunning()) return
    const id = begin(owner, { is: 'counting', plan })
    const { data, error } = await plan.count()
    if (data === undefined) show(id, { is: 'refused', plan, problem: error as Problem })
    else show(id, { is: 'asking', plan, counted: data })
  }
  const confirm: Bulk['confirm'] = async most => {
    const { id, phase } = given.peek() ?? {}
    if (id === undefined || phase?.is !== 'asking') return
    const { plan, counted } = phase
    const outcome = await plan.run(counted, most, teller(id, { ...plan, of: most }))
    end(id, plan, outcome)
    changed()
    if (outcome.problem !== undefined) return
    const left = (await plan.count()).data?.matching
    show(id, { is: 'over', command: plan, outcome, left })
  }
  const run: Bulk['run'] = async command => {
    const id = begin(owner, { is: 'running', command, done: 0, isStopping: false })
    const outcome = await command.run(teller(id, command))
    end(id, command, outcome)
    changed()
    return outcome
  }
  const { value } = given
  const isBusy = value?.phase.is === 'counting' || value?.phase.is === 'running'
  return { phase: value?.owner === owner ? value.phase : undefined, isBusy, ask, confirm, run, stop, close }
}

/** Lets the shell show a command that runs when its list is left. */
function leave(owner: object): void {
  const value = given.peek()
  if (value?.owner !== owner) return
  given.value = isRunning() ? { ...value, owner: undefined } : undefined
}

/** The command whose list was left. When the person signs out it is stopped and forgotten. */
export function useLeftBulk(): Pick<Bulk, 'phase' | 'stop' | 'close'> {
  useEffect(
    () => () => {
      given.value = undefined
    },
    [],
  )
  const { value } = given
  return { phase: value?.owner === undefined ? value?.phase : undefined, stop, close }
}

/** Asks before the tab is closed while a command runs, because that would end it half way. */
export function askBeforeLeaving(): void {
  window.addEventListener('beforeunload', event => {
    if (isRunning()) event.preventDefault()
  })
}
