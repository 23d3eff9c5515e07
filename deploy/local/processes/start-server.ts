import { waitUntilUnlocked } from './pid-lock.ts'
import { LOCALHOST, usablePorts } from './ports.ts'
import { readyLine } from './ready-line.ts'
import type { Server, ServerOptions } from './server.ts'
import { type StartOnce, supervise } from './supervisor.ts'

export type ServerProgram = {
  name: string
  /** When the start began, in milliseconds since the epoch: the ready line reports the time since then. */
  began: number
  /** What a person can do when the port is in use, for the error message. */
  alternative: string
  /** How many free ports the program needs besides the one for clients. */
  otherPorts?: number
  /** Prepares the directory for the ports (the clients' port is the first) and returns the function that starts the program. */
  prepare(ports: number[]): Promise<StartOnce>
}

/**
 * Starts a server program on 127.0.0.1, waits until it is ready, and restarts it whenever it ends by itself.
 * @throws SetupError, leaving nothing running, when the directory or the port is in use or the program does not start
 */
export async function startServer(
  { name, began, alternative, otherPorts = 0, prepare }: ServerProgram,
  { dir, port, report, signal }: ServerOptions,
): Promise<Server> {
  await waitUntilUnlocked(dir, name, report)
  const wanted = [port ?? 0, ...new Array<number>(otherPorts).fill(0)]
  const ports = await usablePorts(wanted, name, alternative)
  const server = await supervise(name, await prepare(ports), report, signal)
  const [clientPort = 0] = ports
  report(readyLine(name, `${LOCALHOST}:${clientPort}`, began))
  return { ...server, port: clientPort }
}
