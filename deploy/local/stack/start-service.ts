import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SERVICE_ALLOCATOR, SERVICE_HEAP } from '@daybook/shared/process/service-heap'
import { COMPILED, ROOT } from '../paths.ts'
import { type Child, startChild } from '../processes/child.ts'
import { explainExit, lastWarning } from './service-log.ts'
import { type ServiceName, urlOf } from './settings.ts'

const POLL_MS = 50
const REPORT_EVERY_MS = 5000

export type ServiceOptions = {
  name: ServiceName
  port: number
  /** The folder of the service's output. */
  dir: string
  env: NodeJS.ProcessEnv
  /** Receives lines for a person while the service is not ready. */
  report: (line: string) => void
}

/**
 * Starts a service as a child process and waits until it is ready. The service ends when this process ends. While it is
 * not ready, its last warning is reported every five seconds.
 * @throws SetupError with the service's last warning or error, when it does not become ready
 */
export async function startService(options: ServiceOptions, signal: AbortSignal | undefined): Promise<Child> {
  const { name, port, dir, env, report } = options
  const log = join(dir, `${name}.log`)
  const before = await sizeOf(log)
  const reportWarning = async () => {
    const output = await readFile(log)
    const warning = lastWarning(output.subarray(output.length < before ? 0 : before).toString())
    if (warning !== undefined) report(`${name}: not ready yet; its last warning:\n${warning}`)
  }
  const preload = join(import.meta.dirname, '..', 'processes', 'end-with-parent.ts')
  return startChild({
    name,
    dir,
    command: process.execPath,
    args: [...SERVICE_HEAP, '--import', preload, join(ROOT, 'services', name, 'src', 'main.ts')],
    env: { NODE_COMPILE_CACHE: COMPILED, ...SERVICE_ALLOCATOR, ...env, PORT: String(port) },
    ready: unready => untilReady(urlOf(port), unready, reportWarning),
    explain: explainExit,
    signal,
  })
}

/** Returns whether a service answers that it is ready; false also when nothing answers. */
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

async function untilReady(
  url: string,
  unready: AbortSignal,
  reportWarning: () => Promise<void>,
): Promise<void> {
  let reportedAt = Date.now()
  while (!(await isReady(url, unready))) {
    await sleep(POLL_MS, undefined, { signal: unready })
    if (Date.now() - reportedAt < REPORT_EVERY_MS) continue
    reportedAt = Date.now()
    await reportWarning()
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
