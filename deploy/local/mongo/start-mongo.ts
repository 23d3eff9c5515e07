import { rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { startChild } from '../processes/child.ts'
import { waitUntilUnlocked } from '../processes/pid-lock.ts'
import { LOCALHOST, usablePorts } from '../processes/ports.ts'
import type { MongoServer, ServerOptions } from '../processes/server.ts'
import { SetupError } from '../processes/setup-error.ts'
import { supervise } from '../processes/supervisor.ts'
import { newerGlibc } from './glibc.ts'

const OLDEST_GLIBC_MINOR = 38
const INSTEAD = 'set MONGODB_URI to a running MongoDB'

/**
 * Starts MongoDB's engine in a process of its own on 127.0.0.1 and answers when it takes connections. Data in `dir` are
 * kept. When the engine ends by itself, as a session command from a client makes it do, it is started again.
 * Rejects with a SetupError, leaving nothing running, when the system can't run the engine or the port is in use.
 */
export async function startMongo(options: ServerOptions): Promise<MongoServer> {
  const { report, signal } = options
  const began = Date.now()
  const loader = await engineLoader(options)
  const dir = resolve(options.dir)
  await waitUntilUnlocked(dir, 'MongoDB', report)
  const [port = 0] = await usablePorts(
    [options.port ?? 0],
    'MongoDB',
    'set MONGODB_PORT to another, or MONGODB_URI to a running MongoDB',
  )
  const start = (unwanted?: AbortSignal) => startHost(loader, port, { ...options, dir, signal: unwanted })
  const host = await supervise('MongoDB', start, report, signal)
  report(`MongoDB: ready on ${LOCALHOST}:${port} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
  return { ...host, port, uri: `mongodb://${LOCALHOST}:${port}/?directConnection=true` }
}

async function startHost(loader: string[], port: number, { dir, env, signal }: ServerOptions) {
  const program = [process.execPath, join(import.meta.dirname, 'mongo-host.ts'), join(dir, 'data'), `${port}`]
  const [command = '', ...args] = [...loader, ...program]
  const child = await startChild({
    name: 'MongoDB',
    dir,
    command,
    args,
    env,
    signal,
    instead: `if its engine does not run here, ${INSTEAD}`,
  })
  // The engine makes a folder for its socket in the system's temporary one, and leaves it there when it crashes.
  const ended = child.ended.then(async how => {
    await rm(dirname(String(child.ready)), { recursive: true, force: true })
    return how
  })
  return { ...child, ended }
}

/** How the host's command line starts: with a newer loader where the system's C library is too old for the engine. */
async function engineLoader(options: ServerOptions): Promise<string[]> {
  const platform = `${process.platform} ${process.arch}`
  if (platform === 'darwin arm64') return []
  const minor = glibcMinor()
  if (minor === undefined || !['linux x64', 'linux arm64'].includes(platform)) {
    const where = 'Linux with glibc (x64, arm64) and macOS (arm64)'
    throw new SetupError(`MongoDB: its embedded engine runs on ${where}, and this is ${platform}: ${INSTEAD}`)
  }
  return minor >= OLDEST_GLIBC_MINOR ? [] : newerGlibc(options)
}

/** The y of this process's glibc 2.y; undefined with another C library. */
function glibcMinor(): number | undefined {
  if (process.platform !== 'linux' || process.report === undefined) return undefined
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  const minor = /^2\.(\d+)/.exec(header.glibcVersionRuntime ?? '')?.[1]
  return minor === undefined ? undefined : Number(minor)
}
