import type { ComponentType } from 'preact'
import { DaysPage } from '../days/days-page.tsx'
import { DeadLettersPage } from '../dead-letters/dead-letters-page.tsx'
import { HistoryPage } from '../history/history-page.tsx'
import { JobsPage } from '../jobs/jobs-page.tsx'
import { NowPage } from '../now/now-page.tsx'
import { RunsPage } from '../runs/runs-page.tsx'
import { SchedulesPage } from '../schedules/schedules-page.tsx'
import { StreamPage } from '../stream/stream-page.tsx'
import { TodayPage } from '../today/today-page.tsx'

export interface Page {
  /** The first part of its path. */
  name: string
  title: string
  /** The key that shows it, after g. */
  key: string
  /** Only for tokens with the scope admin. */
  isForOperators?: boolean
  Content: ComponentType
}

/** The pages, in the order of the navigation. */
export const pages: readonly Page[] = [
  { name: 'today', title: 'Today', key: 't', Content: TodayPage },
  { name: 'days', title: 'Days', key: 'd', Content: DaysPage },
  { name: 'now', title: 'Now', key: 'n', isForOperators: true, Content: NowPage },
  { name: 'jobs', title: 'Jobs', key: 'j', isForOperators: true, Content: JobsPage },
  { name: 'dead-letters', title: 'Dead letters', key: 'l', isForOperators: true, Content: DeadLettersPage },
  { name: 'runs', title: 'Runs', key: 'r', isForOperators: true, Content: RunsPage },
  { name: 'schedules', title: 'Schedules', key: 's', isForOperators: true, Content: SchedulesPage },
  { name: 'stream', title: 'Stream', key: 'e', isForOperators: true, Content: StreamPage },
  { name: 'history', title: 'History', key: 'h', isForOperators: true, Content: HistoryPage },
]
