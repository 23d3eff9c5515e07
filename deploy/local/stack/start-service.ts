import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '../paths.ts'
import { type Child, startChild } from '../processes/child.ts'
import { explainExit, lastWarning } from './service-log.ts'
import { type ServiceName, urlOf } from './settings.ts'

const LOOK_AGAIN_MS = 50
const REPORT_EVERY_MS = 5000

export type ServiceOptions = {
  name: ServiceName
  port: number
  /** Where its output is kept. */
  dir: string
  env: NodeJS.ProcessEnv
  /** Takes lines for a person while it is not ready. */
  report: (line: string) => void
}

/**
 * Starts a service as a process and answers when it is ready. It ends when we do, however we do.
 * Rejects with a SetupError that ends in its last log line when it does not become ready.
 */
export async function startService(options: ServiceOptions, signal: AbortSignal | undefined): Promise<Child> {
  const { name, port, dir, env, report } = options
  const log = join(dir, `${name}.log`)
  const before = await sizeOf(log)
  const reportWarning = async () => {
    const output = await readFile(log)
    const trouble = lastWarning(output.subarray(output.length < before ? 0 : before).toString())
    if (trouble !== undefined) report(`${name}: not ready yet\n${trouble}`)
  }
  const preload = join(import.meta.dirname, '..', 'processes', 'end-with-parent.ts')
  return startChild({
    name,
    dir,
    command: process.execPath,
    args: ['--import', preload, join(ROOT, 'services', name, 'src', 'main.ts')],
    env: { ...env, PORT: String(port) },
    ready: gone => untilReady(urlOf(port), gone, reportWarning),
    explain: explainExit,
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

async function untilReady(url: string, gone: AbortSignal, reportWarning: () => Promise<void>): Promise<void> {
  let told = Date.now()
  while (!(await isReady(url, gone))) {
    await sleep(LOOK_AGAIN_MS, undefined, { signal: gone })
    if (Date.now() - told < REPORT_EVERY_MS) continue
    told = Date.now()
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
