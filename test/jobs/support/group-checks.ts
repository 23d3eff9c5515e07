import { until, watchTopic } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { type Counts, groupOf, resultsOf } from './groups.ts'
import type { JobSystem } from './job-system.ts'

/** Checks of groups that have finished, by what is published and what handlers have noted. */
export async function watchGroups(t: Test, system: JobSystem) {
  const published = await watchTopic(t, system.stack, 'daybook.jobs')
  const ofType = (type: string) => published.filter(({ headers }) => headers.ce_type === type)

  /** Tests that a group has finished once, that its continuation ran once, and that both tell the counts. */
  async function hasFinished(t: Test, group: string, counts: Partial<Counts>): Promise<void> {
    const { result } = await system.inState(`${group}:then`, 'succeeded')
    t.match(result, { cause: { group, counts } }, 'the continuation learns the counts')
    t.equal(
      (await system.lines('starts')).filter(({ id }) => id === `${group}:then`).length,
      1,
      'it ran once',
    )
    t.match(await groupOf(system, group), { state: 'finished', counts })
    const finished = await until('GroupFinished is published', () => {
      const found = ofType('GroupFinished').filter(({ key }) => key === group)
      return found.length > 0 && found
    })
    t.equal(new Set(finished.map(({ headers }) => headers.ce_id)).size, 1, 'the group finished once')
    t.match(finished[0]?.value, { counts })
  }

  /** Tests that each job has one outcome, on the topic as in the results. @returns the states by job */
  async function haveOneOutcome(t: Test, group: string, ids: string[]): Promise<Map<string, string>> {
    const members = await resultsOf(system, group)
    t.strictSame(
      members.map(one => one.job),
      ids.toSorted(),
      'each member is on one page',
    )
    const states = new Map(members.map(one => [one.job, one.state]))
    const events = () => ofType('JobFinished').filter(({ value }) => value.group === group)
    const outcomes = () => new Map(events().map(({ headers, value }) => [headers.ce_id, value]))
    await until(
      'all outcomes are published',
      () => new Set(events().map(({ key }) => key)).size === ids.length,
    )
    t.equal(outcomes().size, ids.length, 'each member has one outcome')
    const others = [...outcomes().values()].filter(({ job, state }) => states.get(String(job)) !== state)
    t.strictSame(others, [], 'it is the one that the results show')
    return states
  }
  return { hasFinished, haveOneOutcome }
}
