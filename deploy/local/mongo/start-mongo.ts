import { rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Child, startChild } from '../processes/child.ts'
import { LOCALHOST } from '../processes/ports.ts'
import type { MongoServer, ServerOptions } from '../processes/server.ts'
import { SetupError } from '../processes/setup-error.ts'
import { startServer } from '../processes/start-server.ts'
import { newerGlibc } from './glibc.ts'

const OLDEST_GLIBC_MINOR = 38
const ALTERNATIVE = 'set MONGODB_URI to a running MongoDB'

/**
 * Starts MongoDB's engine in a separate process on 127.0.0.1 and waits until it accepts connections. It keeps the data
 * in `dir`. The engine is restarted when it ends by itself: a session command of a client can make it end.
 * @throws SetupError, leaving nothing running, when the system cannot run the engine or the port is in use
 */
export async function startMongo(options: ServerOptions): Promise<MongoServer> {
  const began = Date.now()
  const loader = await engineLoader(options)
  const dir = resolve(options.dir)
  const server = await startServer(
    {
      name: 'MongoDB',
      began,
      alternative: 'set MONGODB_PORT to another port, or MONGODB_URI to a running MongoDB',
      prepare: async ([port = 0]) => {
        return signal => startHost(loader, port, { ...options, dir, signal })
      },
    },
    { ...options, dir },
  )
  return { ...server, uri: `mongodb://${LOCALHOST}:${server.port}/?directConnection=true` }
}

async function startHost(
  loader: string[],
  port: number,
  { dir, env, signal }: ServerOptions,
): Promise<Child> {
  const program = [process.execPath, join(import.meta.dirname, 'mongo-host.ts'), join(dir, 'data'), `${port}`]
  const [command = '', ...args] = [...loader, ...program]
  const child = await startChild({
    name: 'MongoDB',
    dir,
    command,
    args,
    env,
    signal,
    hint: `if its engine does not run on this system, ${ALTERNATIVE}`,
  })
  // The engine creates its socket in a folder of the system's temporary folder, and a crashed engine does not remove the
  // socket.
  const ended = child.ended.then(async how => {
    await rm(dirname(String(child.ready)), { recursive: true, force: true })
    return how
  })
  return { ...child, ended }
}

/** Returns the beginning of the host's command line: a newer loader when the system's glibc is too old for the engine. */
async function engineLoader(options: ServerOptions): Promise<string[]> {
  const platform = `${process.platform} ${process.arch}`
  if (platform === 'darwin arm64') return []
  const minor = glibcMinor()
  if (minor === undefined || !['linux x64', 'linux arm64'].includes(platform)) {
    const supported = 'Linux with glibc (x64, arm64) and macOS (arm64)'
    throw new SetupError(
      `MongoDB: its embedded engine supports ${supported}, and this is ${platform}: ${ALTERNATIVE}`,
    )
  }
  return minor >= OLDEST_GLIBC_MINOR ? [] : newerGlibc(options)
}

/** Returns the minor version of this process's glibc (38 for 2.38), or undefined with another C library. */
function glibcMinor(): number | undefined {
  if (process.platform !== 'linux' || process.report === undefined) return undefined
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  const minor = /^2\.(\d+)/.exec(header.glibcVersionRuntime ?? '')?.[1]
  return minor === undefined ? undefined : Number(minor)
}
