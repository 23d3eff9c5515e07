import { dataOf } from '@daybook/client'
import { consoleLink } from '../stack/console-link.ts'
import type { LocalSettings } from '../stack/settings.ts'
import { osUser } from '../stack/settings.ts'
import { tokenMaker } from '../stack/tokens.ts'
import { type Api, apiOf } from './api.ts'
import { endDays } from './end-days.ts'
import { emptyImport, type Imported, importTasks } from './import-tasks.ts'
import { logTree } from './log-tree.ts'
import { showingProgress } from './progress.ts'
import type { RunningStack } from './with-stack.ts'

export type DemoOptions = {
  settings: LocalSettings
  stack: RunningStack
  report: (line: string) => void
  signal: AbortSignal
}

const MAX_SKIPS_REPORTED = 20
const MAX_LINES_SHOWN = 12

/**
 * Imports a to-do list, ends the days of its completed tasks, and shows the log files.
 * @throws Error that says what failed
 */
export async function runDemo(lines: AsyncIterable<string>, options: DemoOptions): Promise<void> {
  const { settings, stack, report, signal } = options
  const api = apiOf(stack.urls, await tokenMaker(settings), signal)
  const imported = await importList(lines, api, options)
  if (imported.created === 0) return report('There is no task in the list: nothing to import.')
  if (imported.completed === 0)
    return report('No task in the list is marked x as done: there is no log to write.')

  report(`See them in the console: ${await consoleLink(stack.urls.gateway, settings, osUser())}`)
  const zones = [...imported.ends.keys()].join(', ')
  report(`Ending the day: ${zones}`)
  const progress = { line: 'waiting for the runs' }
  await showingProgress(
    report,
    () => progress.line,
    () => endDays(imported, { api, progress, signal }),
  )
  await showLogs(imported, api, options)
}

async function importList(lines: AsyncIterable<string>, api: Api, { settings, report }: DemoOptions) {
  const imported = emptyImport()
  const skip = (lineNumber: number, why: string) => {
    if (imported.skipped <= MAX_SKIPS_REPORTED) report(`Line ${lineNumber} is skipped: ${why}`)
  }
  const who = { owner: osUser(), timeZone: settings.timeZone }
  await showingProgress(
    report,
    () => counts(imported),
    () => importTasks(lines, imported, { api, ...who, skip }),
  )
  return imported
}

function counts({ created, completed, skipped, people }: Imported): string {
  const [tasks, done, users, left] = [created, completed, people.size, skipped].map(n =>
    n.toLocaleString('en'),
  )
  return `${tasks} tasks created, ${done} completed, for ${users} people${skipped > 0 ? `; ${left} lines skipped` : ''}`
}

async function showLogs({ days }: Imported, api: Api, { stack, report }: DemoOptions): Promise<void> {
  for (const day of [...new Set([...days.values()].map(one => one.day))].sort()) {
    const tree = await logTree(stack.logDir, day)
    report(
      `\n${tree?.join('\n') ?? `The log files of ${day} are not in ${stack.logDir}: read them with GET /days/${day}/log.`}`,
    )
  }
  // Show the longest log. Of equally long logs, show the first by user: by day, the choice would depend on the hour, because
  // the users are in several time zones.
  const byName = [...days.values()].sort((a, b) => (`${a.user}/${a.day}` < `${b.user}/${b.day}` ? -1 : 1))
  const [first] = byName.sort((a, b) => b.taskIds.length - a.taskIds.length)
  if (first === undefined) return
  const { day, user } = first
  const params = { path: { day } }
  const text = await dataOf(api.reporting({ user }).GET('/days/{day}/log', { params, parseAs: 'text' }))
  const lines = text.trimEnd().split('\n')
  const more = lines.length - MAX_LINES_SHOWN
  report(`\nThe log of ${user} on ${day}:\n\n${lines.slice(0, MAX_LINES_SHOWN).join('\n')}`)
  if (more > 0) report(`… and ${more.toLocaleString('en')} more lines`)
}
