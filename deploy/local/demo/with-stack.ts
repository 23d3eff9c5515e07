import { join } from 'node:path'
import { isLocked } from '../processes/pid-lock.ts'
import { type LocalSettings, serviceNames, urlOf } from '../stack/settings.ts'
import { OUTPUT, openStack, type Stack, type StackOptions } from '../stack/stack.ts'
import { isReady } from '../stack/start-service.ts'

/** A running stack, and the folder of its log files on this machine. */
export type RunningStack = Pick<Stack, 'urls'> & { logDir: string }

/** Passes the stack that answers on the ports to `use`. When no stack answers, starts one and stops it afterwards. */
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

/** Returns the folder of the log files: that of `npm start` if it runs here, otherwise that of docker-compose.yml. */
async function logDirOf({ dir, logDir, env }: LocalSettings): Promise<string> {
  if (env.LOG_DIR || (await isLocked(join(dir, OUTPUT), 'tasks'))) return logDir
  return join(dir, 'compose', 'logs')
}
