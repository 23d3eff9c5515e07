// `npm run demo [file]`: imports a to-do list in todo.txt format, ends the day, and shows the day's log files.
import { access, constants, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { linesOf } from '../demo/lines.ts'
import { runDemo } from '../demo/run-demo.ts'
import { withStack } from '../demo/with-stack.ts'
import { ROOT } from '../paths.ts'
import { SetupError } from '../processes/setup-error.ts'
import { abortOnStopSignal } from '../processes/stop-signals.ts'
import { readSettings } from '../stack/settings.ts'
import { printFailure } from './print-failure.ts'

const USAGE = `usage: npm run demo [to-do list]

Creates a task for each line of a to-do list in todo.txt format (https://github.com/todotxt/todo.txt), completes the
tasks of lines marked x, ends the day and shows the log files. Besides the keywords of todo.txt, a line may contain
  for:alice            the user of the task; you by default
  zone:Europe/Berlin   the time zone of that user; the stack's by default
The default list is examples/todo.txt. A running stack is used. Otherwise a stack is started, and stopped at the end.`
const INTERRUPTED = 130
const WRONG_USAGE = 2

const report = (line: string) => console.log(line)

// npm runs scripts in the root of the project. INIT_CWD is the folder in which npm was called.
const fileOf = (path: string | undefined) =>
  path === undefined ? join(ROOT, 'examples', 'todo.txt') : resolve(process.env.INIT_CWD ?? '', path)

async function mustBeReadable(file: string, signal: AbortSignal): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (found?.isDirectory())
    throw new SetupError(`The to-do list ${file} is a folder: give the path of a file`)
  await access(file, constants.R_OK).catch((error: NodeJS.ErrnoException) => {
    throw new SetupError(`The to-do list can't be read: ${error.message}`)
  })
  // Read the whole list before the first task is created. An error halfway through would leave tasks that the import of
  // the corrected list creates again.
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
    // The time since this process started: it includes downloads and the start and stop of the stack.
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
  else if (positionals.length > 1) throw new TypeError('more than one to-do list: give one')
  else process.exitCode = await demo(positionals[0])
} catch (error) {
  console.error(`${(error as Error).message}\n${USAGE}`)
  process.exitCode = WRONG_USAGE
}
