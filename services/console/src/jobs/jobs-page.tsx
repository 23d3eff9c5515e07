import { href, path, query } from '../address/address.ts'
import { JobDetail } from './detail/job-detail.tsx'
import { KindsView } from './kinds/kinds-view.tsx'
import { JobList } from './list/job-list.tsx'
import { WorkersView } from './workers/workers-view.tsx'

const views = [
  { name: '', title: 'Jobs' },
  { name: 'kinds', title: 'Kinds and limits' },
  { name: 'workers', title: 'Workers' },
]

/** Jobs, the rules of their kinds, and the workers that run them. */
export function JobsPage() {
  const id = path.value[1]
  if (id !== undefined) return <JobDetail key={id} id={id} />
  const view = query.value.get('view') ?? ''
  return (
    <>
      <nav class="tabs views" aria-label="Views of jobs">
        {views.map(({ name, title }) => (
          <a
            key={name}
            href={href(name === '' ? '/jobs' : `/jobs?view=${name}`)}
            aria-current={name === view ? 'page' : undefined}
          >
            {title}
          </a>
        ))}
      </nav>
      {view === 'kinds' ? <KindsView /> : view === 'workers' ? <WorkersView /> : <JobList />}
    </>
  )
}
