import type { ComponentChildren } from 'preact'
import { codeOf, type Problem } from '../api/problem.ts'
import { useStale } from '../api/stale.ts'
import type { Read } from './use-read.ts'

/** The states of what is read, and of commands: each looks and reads differently from the others. */

/** @param what is read, as in "your tasks" */
export const Loading = ({ what }: { what: string }) => <p class="loading">Reading {what} …</p>

/** Says why something is not shown, and offers to try again. */
export function Failed({ what, problem, again }: { what: string; problem: Problem; again: () => void }) {
  return (
    <div class="failed">
      <p>
        <strong>Cannot read {what}.</strong> {problem.detail ?? problem.title}
      </p>
      <p>
        <code>{codeOf(problem)}</code>{' '}
        <button type="button" onClick={again}>
          Try again
        </button>
      </p>
    </div>
  )
}

/** Why a command was refused. A screen reader is told at once. */
export const Fault = ({ problem }: { problem: Problem | undefined }) =>
  problem && (
    <p class="fault" role="alert">
      {problem.detail ?? problem.title}
    </p>
  )

/** Says that there is nothing, after an answer that had nothing in it. */
export const Empty = ({ children }: { children: ComponentChildren }) => <div class="empty">{children}</div>

interface Props<T> {
  read: Read<T>
  /** What is read, as in "your tasks". */
  what: string
  children: (data: T) => ComponentChildren
}

/** Shows what was read, or the state in which the reading is. The strip says when it is not new. */
export function Shown<T>({ read, what, children }: Props<T>) {
  const { data, problem, readAt, again } = read
  const reason = problem?.detail ?? problem?.title
  useStale({ what, readAt, again }, data === undefined ? undefined : reason)
  if (data !== undefined) return <>{children(data)}</>
  return problem ? <Failed what={what} problem={problem} again={again} /> : <Loading what={what} />
}
