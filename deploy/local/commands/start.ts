// `npm start`: runs the whole stack on this machine until Ctrl-C.
import { once } from 'node:events'
import { abortOnStopSignal } from '../processes/stop-signals.ts'
import { consoleLink } from '../stack/console-link.ts'
import { readSettings } from '../stack/settings.ts'
import { openStack } from '../stack/stack.ts'
import { welcome } from '../stack/welcome.ts'
import { printFailure } from './print-failure.ts'

const report = (line: string) => console.log(line)
const signal = abortOnStopSignal(report)
try {
  const settings = readSettings(process.env)
  const stack = await openStack({ settings, report, signal })
  try {
    if (!signal.aborted) {
      // The commands that the text shows are those of alice and of an operator.
      const link = await consoleLink(stack.urls.gateway, settings, 'alice')
      console.log(welcome(stack, settings, link))
      await once(signal, 'abort')
    }
  } finally {
    await stack.stop()
  }
  console.log('Stopped.')
} catch (error) {
  if (!signal.aborted) process.exitCode = printFailure(error)
}
