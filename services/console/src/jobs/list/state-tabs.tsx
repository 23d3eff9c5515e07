import { queryHref } from '../../address/address.ts'
import { type State, states } from '../job/job.ts'
import type { JobPage } from './read-jobs.ts'

interface Props {
  shown: State | undefined
  /** Undefined while they are not read. */
  counts: JobPage['counts']
}

/** Links to the jobs of each state, with their number. */
export const StateTabs = ({ shown, counts }: Props) => (
  <nav class="tabs" aria-label="States">
    {[undefined, ...states].map(state => (
      <a
        key={state ?? 'all'}
        href={queryHref({ state, cursor: undefined })}
        aria-current={state === shown ? 'page' : undefined}
      >
        {state ?? 'all'}
        {state && counts && <span class="count"> {countText(counts[state])}</span>}
      </a>
    ))}
  </nav>
)

const countText = ({ count, more }: { count: number; more: boolean }) =>
  `${count.toLocaleString('en')}${more ? '+' : ''}`
