import { isReady } from '../service.ts'
import { serviceNames, urlOf } from '../settings.ts'
import { openStack, type Stack, type StackOptions } from '../stack.ts'

/** Does something with the stack that answers on the ports; when none does, with one that is started for it. */
export async function withStack(
  options: StackOptions,
  use: (urls: Stack['urls']) => Promise<void>,
): Promise<void> {
  const { settings, report, signal } = options
  const urls = Object.fromEntries(
    serviceNames.map(name => [name, urlOf(settings.ports[name])]),
  ) as Stack['urls']
  const ready = await Promise.all(Object.values(urls).map(url => isReady(url, signal)))
  if (ready.every(one => one)) {
    report(`Using the stack that runs on ${Object.values(urls).join(', ')}`)
    return use(urls)
  }
  const stack = await openStack(options)
  try {
    signal.throwIfAborted()
    await use(stack.urls)
  } finally {
    await stack.stop()
  }
}
