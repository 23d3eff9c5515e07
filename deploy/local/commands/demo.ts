// `npm run demo [file]`: takes a to-do list in todo.txt format through the whole of Daybook, to the log files of the day.
import { access, constants, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { linesOf } from '../demo/lines.ts'
import { runDemo } from '../demo/run-demo.ts'
import { withStack } from '../demo/with-stack.ts'
import { ROOT } from '../paths.ts'
import { printFailure } from '../processes/print-failure.ts'
import { SetupError } from '../processes/setup-error.ts'
import { abortOnStopSignal } from '../processes/stop-signals.ts'
import { readSettings } from '../stack/settings.ts'

const USAGE = `usage: npm run demo [to-do list]

Creates a task for each line of a to-do list in todo.txt format (https://github.com/todotxt/todo.txt), completes those
marked x, ends the day and shows the log files. Beside todo.txt's own words, a line may say
  for:alice            whose it is; else it is yours
  zone:Europe/Berlin   where that person is; else in the time zone of the stack
Without a list: examples/todo.txt. A stack that runs is used; else one is started, and stopped at the end.`
const INTERRUPTED = 130
const WRONG_USAGE = 2

const report = (line: string) => console.log(line)

// npm runs scripts in the root of the project, wherever it was called.
const fileOf = (path: string | undefined) =>
  path === undefined ? join(ROOT, 'examples', 'todo.txt') : resolve(process.env.INIT_CWD ?? '', path)

async function mustBeReadable(file: string, signal: AbortSignal): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (found?.isDirectory()) throw new SetupError(`The to-do list ${file} is a folder: name a file`)
  await access(file, constants.R_OK).catch((error: NodeJS.ErrnoException) => {
    throw new SetupError(`The to-do list can't be read: ${error.message}`)
  })
  // Before the first task is created: a list that is mended and imported again would create them twice.
  if (found?.isFile()) for await (const _ of linesOf(file, signal));
}

async function demo(path: string | undefined): Promise<number> {
  const signal = abortOnStopSignal(report)
  try {
    const settings = readSettings(process.env)
    const file = fileOf(path)
    await mustBeReadable(file, signal)
    await withStack({ settings, report, signal }, stack =>
      runDemo(linesOf(file, signal), { settings, stack, report, signal }),
    )
    // Since this process started, so with what was downloaded and the start and stop of the stack.
    report(`\nDone in ${Math.round(performance.now() / 1000)} s.`)
    return 0
  } catch (error) {
    return signal.aborted ? INTERRUPTED : printFailure(error)
  }
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean' } },
  })
  if (values.help) console.log(USAGE)
  else if (positionals.length > 1) throw new TypeError('one list at a time')
  else process.exitCode = await demo(positionals[0])
} catch (error) {
  console.error(`${(error as Error).message}\n${USAGE}`)
  process.exitCode = WRONG_USAGE
}
