import { oldestOf, type WaitingSource } from '@daybook/shared/incidents/waiting-work'
import { type WaitsFor, waitsFor } from './run-model.ts'
import { MAX_UNFINISHED, type Runs } from './run-store.ts'

const words: Record<WaitsFor, string> = {
  tasks: 'Ends of days that wait until tasks has published everything of the day',
  projection: 'Ends of days that wait until all completions of the day are read',
  writers: 'Ends of days that wait until all logs are written',
}

/** The runs that are not done, by what they wait for. */
export const waitingRuns = ({ unfinished }: Pick<Runs, 'unfinished'>): WaitingSource => ({
  name: 'runs',
  async find() {
    const found = await unfinished()
    const more = found.length >= MAX_UNFINISHED
    const byReason = Map.groupBy(found, waitsFor)
    return Object.entries(words).map(([reason, what]) => {
      const runs = byReason.get(reason as WaitsFor) ?? []
      const since = oldestOf(runs.map(({ createdAt }) => createdAt))
      return { kind: `runs-${reason}`, what, count: runs.length, more, since }
    })
  },
})
