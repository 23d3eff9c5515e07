import type { Problem } from '../api/problem.ts'
import type { Outcome } from './plan.ts'

/**
 * The outcome of a command that a refusal or an outage has ended.
 * @param outcome of the requests before
 * @param hasRest whether there was more to do behind the request that failed
 */
export function cutOff(outcome: Outcome, problem: Problem | undefined, hasRest = true): Outcome {
  const isRefused = problem !== undefined && problem.status < 500
  const sentences = [
    ...(isRefused ? [] : ['The last request may have been carried out.']),
    ...(hasRest ? ['The rest was not tried.'] : []),
  ]
  return { ...outcome, problem, cut: sentences.join(' ') }
}

/** Says why a command ended as it did, in sentences; the empty text when there is nothing to say. */
export function endingOf({ isStopped, cut, reason, problem }: Outcome): string {
  const sentences = [isStopped && 'You stopped it: the rest is as it was.', cut, reason]
  return [...sentences, problem && (problem.detail ?? problem.title)].filter(Boolean).join(' ')
}

/** Whether something is left that a person should look at. */
export const isBad = ({ failed, problem, cut }: Outcome): boolean =>
  failed > 0 || problem !== undefined || cut !== undefined
