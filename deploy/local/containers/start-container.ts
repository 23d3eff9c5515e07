// Import this module only when a container is started: testcontainers takes long to load.
import { getContainerRuntimeClient, type StartedTestContainer } from 'testcontainers'
import { usablePorts } from '../processes/ports.ts'
import { readyLine } from '../processes/ready-line.ts'
import type { Server, ServerOptions } from '../processes/server.ts'
import { SetupError } from '../processes/setup-error.ts'
import { engineHost } from './engine.ts'
import { createContainer } from './new-container.ts'

export type ContainerProgram = {
  /** The name of the server, for the report. */
  name: 'Kafka' | 'MongoDB'
  image: string
  /** The port that the server listens on inside the container. */
  inside: number
  /** The text that the server prints when it accepts requests. */
  ready: string
  /** The setting that names a running server, which a person can use instead. */
  setting: 'KAFKA_BROKERS' | 'MONGODB_URI'
  /** Returns the container's environment for the address at which clients reach the server. */
  env?: (address: string) => Record<string, string>
}

/** Killed containers by directory. A start in the same directory restarts the container, which has kept its data. */
const killed = new Map<string, StartedTestContainer>()

/**
 * Starts a container and waits until its server accepts requests: the killed container of the directory if there is one,
 * otherwise a new one.
 * @returns the server, and its address as host:port
 * @throws SetupError, leaving no container, when the engine cannot run it
 */
export async function startContainer(
  program: ContainerProgram,
  options: ServerOptions,
): Promise<Server & { address: string }> {
  const { dir, report, signal } = options
  const { name, image, inside, ready, setting } = program
  const host = await engineHost()
  const alternative = `set ${setting} to a running ${name}`
  const [port = 0] = await usablePorts([options.port ?? 0], name, alternative)
  const address = `${host}:${port}`
  const began = Date.now()
  const plan = { name, image, env: program.env?.(address) ?? {}, inside, port, ready }
  const container = await restartOr(dir, () => createContainer(plan, options)).catch(error => {
    signal?.throwIfAborted()
    const why = `the Docker engine could not run ${image}: ${error.message}`
    const remedy = 'solve that, or set DAYBOOK_INFRASTRUCTURE=embedded to run without containers'
    throw new SetupError(`${name}: ${why}\n${name}: ${remedy}`)
  })
  report(readyLine(name, `${address}, in a container`, began))
  return {
    port,
    address,
    async stop() {
      killed.delete(dir)
      await container.stop()
    },
    async kill() {
      if (killed.get(dir) === container) return
      const { container: engine } = await getContainerRuntimeClient()
      await engine.getById(container.getId()).kill()
      killed.set(dir, container)
    },
  }
}

async function restartOr(
  dir: string,
  create: () => Promise<StartedTestContainer>,
): Promise<StartedTestContainer> {
  const container = killed.get(dir)
  if (container === undefined) return create()
  killed.delete(dir)
  await container.restart()
  return container
}
