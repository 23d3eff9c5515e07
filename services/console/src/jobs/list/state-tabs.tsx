import { query } from '../../address/address.ts'
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
      <a key={state ?? 'all'} href={hrefOf(state)} aria-current={state === shown ? 'page' : undefined}>
        {state ?? 'all'}
        {state && counts && <span class="count"> {countText(counts[state])}</span>}
      </a>
    ))}
  </nav>
)

const countText = ({ count, more }: { count: number; more: boolean }) =>
  `${count.toLocaleString('en')}${more ? '+' : ''}`

function hrefOf(state: State | undefined): string {
  const next = new URLSearchParams(query.value)
  next.delete('cursor')
  next.delete('state')
  if (state !== undefined) next.set('state', state)
  const text = next.toString()
  return `${window.location.pathname}${text === '' ? '' : `?${text}`}`
}
