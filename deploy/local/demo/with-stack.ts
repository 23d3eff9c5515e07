import { join } from 'node:path'
import { isLocked } from '../processes/pid-lock.ts'
import { type LocalSettings, serviceNames, urlOf } from '../stack/settings.ts'
import { OUTPUT, openStack, type Stack, type StackOptions } from '../stack/stack.ts'
import { isReady } from '../stack/start-service.ts'

/** A stack that runs, and where on this machine its log files are. */
export type RunningStack = Pick<Stack, 'urls'> & { logDir: string }

/** Does something with the stack that answers on the ports; when none does, with one that is started for it. */
export async function withStack(
  options: StackOptions,
  use: (stack: RunningStack) => Promise<void>,
): Promise<void> {
  const { settings, report, signal } = options
  const urls = Object.fromEntries(
    serviceNames.map(name => [name, urlOf(settings.ports[name])]),
  ) as Stack['urls']
  const ready = await Promise.all(Object.values(urls).map(url => isReady(url, signal)))
  if (ready.every(one => one)) {
    report(`Using the stack that runs on ${Object.values(urls).join(', ')}`)
    return use({ urls, logDir: await logDirOf(settings) })
  }
  const stack = await openStack(options)
  try {
    signal.throwIfAborted()
    await use({ urls: stack.urls, logDir: settings.logDir })
  } finally {
    await stack.stop()
  }
}

/** Of a stack that `npm start` has not started from here, docker-compose.yml says where the log files are. */
async function logDirOf({ dir, logDir, env }: LocalSettings): Promise<string> {
  if (env.LOG_DIR || (await isLocked(join(dir, OUTPUT), 'tasks'))) return logDir
  return join(dir, 'compose', 'logs')
}
