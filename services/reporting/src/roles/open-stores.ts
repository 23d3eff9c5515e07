import { openLogsApart } from '../apart/apart-store.ts'
import { openUserLogs } from '../logs/user-log-store.ts'
import { openLogAges } from '../old-days/log-ages-store.ts'
import { openCompletions } from '../projection/completion-store.ts'
import { openRenamedCompletions } from '../renamed-zones/renamed-completion-store.ts'
import { openRenamedRuns } from '../renamed-zones/renamed-run-store.ts'
import { openLogsOfDays } from '../reruns/logs-of-days-store.ts'
import { openReruns } from '../reruns/rerun-store.ts'
import { openClosedDays } from '../runs/closed-day-store.ts'
import { openRuns } from '../runs/run-store.ts'
import type { Stores } from './ports.ts'

/** Opens the collections of reporting, and makes their indexes. */
export const openStores = async (mongo: Parameters<typeof openCompletions>[0]): Promise<Stores> => ({
  completions: await openCompletions(mongo),
  runs: await openRuns(mongo),
  closedDays: openClosedDays(mongo),
  userLogs: await openUserLogs(mongo),
  logsApart: await openLogsApart(mongo),
  reruns: await openReruns(mongo),
  logsOfDays: openLogsOfDays(mongo),
  logAges: openLogAges(mongo),
  renamedRuns: openRenamedRuns(mongo),
  renamedCompletions: openRenamedCompletions(mongo),
})
