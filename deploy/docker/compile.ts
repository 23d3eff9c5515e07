// Compiles the programs of the image into NODE_COMPILE_CACHE. A program that finds all its modules there does not load Node's
// parser of TypeScript, which takes 20 MB and half a second.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'

const SERVICES = ['tasks', 'reporting', 'scheduler', 'gateway']
const root = join(import.meta.dirname, '..', '..')

async function run(program: string, env: Record<string, string> = {}): Promise<void> {
  const { PATH, NODE_COMPILE_CACHE } = process.env
  const options = { env: { PATH, NODE_COMPILE_CACHE, ...env } }
  await promisify(execFile)(process.execPath, [join(root, program)], options)
}

/** @throws unless the service loads all its modules and then only misses its settings */
async function runWithoutSettings(service: string): Promise<void> {
  const refused = await run(`services/${service}/src/main.ts`).then(
    () => undefined,
    (error: Error & { stdout?: string }) => error,
  )
  if (!refused?.stdout?.includes('DAYBOOK_CONFIG_INVALID'))
    throw new Error(`${service} does not load`, { cause: refused })
}

/** Runs the health check of a container, as one that is ready. */
async function runHealthCheck(): Promise<void> {
  const ready = createServer((_request, response) => response.end()).listen(0, '127.0.0.1')
  await once(ready, 'listening')
  const { port } = ready.address() as AddressInfo
  await run('deploy/docker/healthcheck.ts', { PORT: String(port) })
  ready.close()
}

for (const service of SERVICES) await runWithoutSettings(service)
// As a program it ends at once; as a thread it waits for work.
await run('services/reporting/src/logs/files/file-thread.ts')
await runHealthCheck()
