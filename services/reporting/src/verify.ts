// Verifies a day, see `verifyDay`: `npm run -w @daybook/reporting verify -- <day>`. The exit code is 1 when something differs, and 2
// when the files of some users are not compared, because their day is not reported yet.
import { parseArgs } from 'node:util'
import { Day } from '@daybook/shared/events'
import { runCommand } from '@daybook/shared/process/run-command'
import { validatorOf } from '@daybook/shared/validation/ajv'
import { openLogsApart } from './apart/apart-store.ts'
import { readConfig } from './config.ts'
import { openUserLogs } from './logs/user-log-store.ts'
import { openLogAges } from './old-days/log-ages-store.ts'
import { openCompletions } from './projection/completion-store.ts'
import { openGenerations } from './projection/generation-store.ts'
import { projectionPosition } from './projection/position.ts'
import { openRuns } from './runs/run-store.ts'
import { openTarget } from './targets/open-target.ts'
import { storedUsers } from './verify/stored-users-store.ts'
import { type Verification, verifyDay } from './verify/verify-day.ts'

const faultsOf = validatorOf(Day('The day'))

await runCommand({
  service: 'reporting',
  name: 'verify',
  usage: 'verify <day>, as in verify 2026-11-22',
  loadConfig: () => readConfig(process.env),
  readArguments() {
    const [day, ...others] = parseArgs({ allowPositionals: true }).positionals
    return day !== undefined && others.length === 0 && faultsOf(day).length === 0 ? { day } : undefined
  },
  async run({ day }, { config, mongo, kafka, log }) {
    const verified = await verifyDay(day, {
      kafka,
      projectedOffsets: projectionPosition(kafka, openGenerations(mongo)),
      log,
      completions: await openCompletions(mongo),
      userLogs: await openUserLogs(mongo),
      logsApart: await openLogsApart(mongo),
      runs: await openRuns(mongo),
      ...(await openTarget(config, { writes: false, log })),
      logAges: openLogAges(mongo),
      storedUsers: of => storedUsers(mongo, of),
      taskFiles: config.TASK_FILES,
      report: line => void process.stderr.write(`${line}\n`),
    })
    const exitCode = verified.differences.length > 0 ? 1 : verified.open.length > 0 ? 2 : 0
    return { text: textOf(day, verified), exitCode }
  },
})

function textOf(day: string, verified: Verification): string {
  const { users, completions, unreadable, open, without, removed, differences } = verified
  const count = differences.length === 0 ? 'no difference' : `${differences.length} differences`
  return [
    ...differences,
    ...(open.length > 0 ? [`not reported yet, so files are not compared: ${open.join(', ')}`] : []),
    ...(without.length > 0
      ? [`without a manifest, because an earlier version reported it: ${without.join(', ')}`]
      : []),
    ...(removed ? ['its log files were removed because of their age, so files are not compared'] : []),
    ...(unreadable > 0 ? [`${unreadable} records of daybook.tasks are no events: see the dead letters`] : []),
    `${day}: ${completions} completions of ${users} users, ${count}`,
  ].join('\n')
}
