import { useRef, useState } from 'preact/hooks'
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

/** Commands for many things, one at a time. @param changed is called after each */
export function useBulk(changed: () => void): Bulk {
  const [phase, setPhase] = useState<Phase>()
  const isStopped = useRef(false)
  const end = (command: Omit<Command, 'run'>, outcome: Outcome) => {
    setPhase({ is: 'over', command, outcome, left: undefined })
    announce(`${command.verb} ${command.words}: ${command.outcomeText(outcome)}. ${endingOf(outcome)}`)
    changed()
  }
  const teller = (command: Omit<Command, 'run'>): Tell => {
    isStopped.current = false
    const tell = (done: number) => {
      setPhase({ is: 'running', command, done, isStopping: isStopped.current })
      return !isStopped.current
    }
    tell(0)
    return tell
  }
  const ask: Bulk['ask'] = async plan => {
    setPhase({ is: 'counting', plan })
    const { data, error } = await plan.count()
    if (data === undefined) setPhase({ is: 'refused', plan, problem: error as Problem })
    else setPhase({ is: 'asking', plan, counted: data })
  }
  const confirm: Bulk['confirm'] = async most => {
    if (phase?.is !== 'asking') return
    const { plan, counted } = phase
    const outcome = await plan.run(counted, most, teller({ ...plan, of: most }))
    end(plan, outcome)
    if (outcome.problem !== undefined) return
    const left = (await plan.count()).data?.matching
    setPhase(before => (before?.is === 'over' && before.outcome === outcome ? { ...before, left } : before))
  }
  const run: Bulk['run'] = async command => {
    const outcome = await command.run(teller(command))
    end(command, outcome)
    return outcome
  }
  const stop = () => {
    isStopped.current = true
    setPhase(before => (before?.is === 'running' ? { ...before, isStopping: true } : before))
  }
  // The dialog closes after it has confirmed, when the command runs.
  const close = () => setPhase(before => (before?.is === 'running' ? before : undefined))
  const isBusy = phase?.is === 'counting' || phase?.is === 'running'
  return { phase, isBusy, ask, confirm, run, stop, close }
}
