import { useState } from 'preact/hooks'
import type { Problem } from '../api/problem.ts'
import { announce } from './announcer.tsx'

/** The state of a command that a person gave with a button. */
export interface Command {
  isRunning: boolean
  /** Why the last one was refused or got no answer. */
  problem: Problem | undefined
  /**
   * Sends it. The problem of the one before is forgotten.
   * @param send the request
   * @param done what a screen reader is told when it succeeded
   * @returns what it answered
   */
  run<A extends { error?: unknown }>(send: () => Promise<A>, done: string): Promise<A>
}

/** Runs the commands of a component, one at a time. */
export function useCommand(): Command {
  const [isRunning, setRunning] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const run: Command['run'] = async (send, done) => {
    setRunning(true)
    setProblem(undefined)
    try {
      const answer = await send()
      setProblem(answer.error as Problem | undefined)
      if (answer.error === undefined) announce(done)
      return answer
    } finally {
      setRunning(false)
    }
  }
  return { isRunning, problem, run }
}
