import type { progressBar } from '@daybook/shared/process/progress'
import type { Logger } from 'pino'
import type { EventStore } from '../events/event-store.ts'
import type { StoredIds } from '../events/stored-ids-store.ts'
import type { Rebuilds } from './rebuild-store.ts'
import type { Views } from './views-store.ts'

/** What works on a rebuild. */
export interface RebuildPorts {
  rebuilds: Rebuilds
  views: Views
  store: Pick<EventStore, 'readAll' | 'rebuild'>
  ids: StoredIds
  /** Names this process. */
  owner: string
  /** Is told what is done. */
  report: (line: string) => void
  progress: typeof progressBar
  log: Logger
  /** Says that the work is to end. */
  signal: AbortSignal
}
