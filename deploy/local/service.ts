import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startChild } from './child.ts'
import { lastLogLine } from './last-log-line.ts'
import { ROOT, type ServiceName, urlOf } from './settings.ts'

const LOOK_AGAIN_MS = 50

export type ServiceOptions = {
  name: ServiceName
  port: number
  /** Where its output is kept. */
  dir: string
  env: NodeJS.ProcessEnv
}

/**
 * Starts a service as a process and answers when it is ready. It ends when we do, however we do.
 * Rejects with a SetupError that ends in its last log line when it does not become ready.
 */
export function startService(options: ServiceOptions, signal: AbortSignal | undefined): Promise<Child> {
  const { name, port, dir, env } = options
  const preload = join(import.meta.dirname, 'end-with-parent.ts')
  return startChild({
    name,
    dir,
    command: process.execPath,
    args: ['--import', preload, join(ROOT, 'services', name, 'src', 'main.ts')],
    env: { ...env, PORT: String(port) },
    ready: gone => untilReady(urlOf(port), gone),
    explain: lastLogLine,
    signal,
  })
}

/** Whether a service answers that it is ready; false too when nothing answers. */
export async function isReady(url: string, signal?: AbortSignal): Promise<boolean> {
  try {
    const { ok, body } = await fetch(`${url}/health/ready`, { signal: signal ?? null })
    await body?.cancel()
    return ok
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof TypeError) return false
    throw error
  }
}

async function untilReady(url: string, gone: AbortSignal): Promise<void> {
  while (!(await isReady(url, gone))) await sleep(LOOK_AGAIN_MS, undefined, { signal: gone })
}
