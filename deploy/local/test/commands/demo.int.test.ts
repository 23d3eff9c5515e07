import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { ROOT } from '../../paths.ts'
import { localStack, printed, servicePids, startProgram } from '../support/program.ts'

const TODO_LIST = `x Water the plants @home for:alice
x ../../etc/passwd for:bob zone:Asia/Tokyo

(A) Still to be done for:alice
x 2026-02-30 There is no such day
`

/** Days, times, ids and durations, which differ in each run. */
const VARIES = /\S*\d[-:.]\d\S*|\d+ s\b/

/** The lines of output that README.md shows, as patterns. */
async function linesInReadme(): Promise<RegExp[]> {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
  const lines = /^```text\n(.*?)^```$/ms.exec(readme)?.[1]?.trimEnd().split('\n') ?? []
  return lines.map(line => new RegExp(`^${line.split(VARIES).map(RegExp.escape).join('.+')}$`, 'm'))
}

t.test(
  'a to-do list becomes log files; so does the example list on a running stack, with the output that README.md shows',
  async t => {
    const { env, dir, logDir, stack } = await localStack(t)
    const list = join(dir, 'my.txt')
    await writeFile(list, TODO_LIST)
    const demo = startProgram(t, 'demo', [list], env)
    t.equal(await demo.gone, 0, demo.output())
    const output = demo.output()
    t.match(output, 'Line 5 is skipped: "2026-02-30" is not a date')
    t.match(output, '3 tasks created, 2 completed, for 2 people; 1 lines skipped')
    t.match(output, /^See them in the console: http:\S+\/ui\/#code=[\w-]{43}$/m)
    t.match(output, `${logDir}/`)
    t.match(
      output,
      /^ {2}alice\.log\n {2}alice\/\n {4}[0-9a-f-]{36}_Water_the_plants.*_\d{8}T\d{6}\.\d{3}Z\.log$/m,
    )
    t.match(output, /^ {4}[0-9a-f-]{36}__\._\.\._etc_passwd/m)
    t.match(output, /The log of alice on .*:\n\n\S+\t\S+\t\S+\tWater the plants\n\nDone in \d+ s\.\n$/)
    t.strictSame(await servicePids(dir), [], 'the demo has stopped the stack that it started')
    const reports = await watchTopic(t, stack, 'daybook.reports')
    await until('both users have a report', () => reports.length >= 2)
    const types = reports.map(({ headers }) => headers.ce_type)
    t.strictSame(types, ['DayReported', 'DayReported'], 'no log was amended')

    const start = startProgram(t, 'start', [], env)
    const addresses =
      (await printed(start, 'Press Ctrl-C to stop everything')).split('Daybook is ready')[1] ?? ''
    const portOf = (name: string) => new RegExp(`${name} .*?:(\\d+) `).exec(addresses)?.[1] ?? ''
    const running = {
      ...env,
      GATEWAY_PORT: portOf('gateway'),
      TASKS_PORT: portOf('tasks'),
      REPORTING_PORT: portOf('reporting'),
      SCHEDULER_PORT: portOf('scheduler'),
    }
    const again = startProgram(t, 'demo', [], running)
    t.equal(await again.gone, 0, again.output())
    t.match(again.output(), /^Using the stack that runs/)
    t.match(
      again.output(),
      /\tWater the plants\n(\S+\t\S+\t\S+\t[^\t\n]+\n){3}\nDone/,
      'both lists are in the log',
    )
    const lines = await linesInReadme()
    t.equal(lines.length, 6)
    for (const line of lines) t.match(again.output(), line)

    const other = startProgram(t, 'demo', [list], {
      ...running,
      AUTH_SECRET: 'a secret that the stack does not have',
    })
    t.equal(await other.gone, 1)
    t.match(other.output(), 'takes no tokens signed with the secret here')

    const empty = join(dir, 'empty.txt')
    await writeFile(empty, '')
    const nothing = startProgram(t, 'demo', [empty], running)
    t.equal(await nothing.gone, 0)
    t.match(nothing.output(), 'There is no task in the list')
    t.equal(await start.end('SIGTERM'), 0)
  },
)

t.test('a list that does not exist ends the demo with the reason', async t => {
  const dir = t.testdir()
  const missing = startProgram(t, 'demo', [join(dir, 'missing.txt')], { DAYBOOK_DIR: dir })
  t.equal(await missing.gone, 1)
  t.match(missing.output(), /^The to-do list can't be read: ENOENT/)
})

t.test('a list that is not UTF-8 is refused before anything is started or imported', async t => {
  const dir = t.testdir({ 'list.txt': Buffer.from('x tea\nx caf\xe9\n', 'latin1') })
  const demo = startProgram(t, 'demo', [join(dir, 'list.txt')], { DAYBOOK_DIR: dir })
  t.equal(await demo.gone, 1)
  t.match(demo.output(), /^Line 2 of .*list.txt is not text in UTF-8/)
})
