import { getContainerRuntimeClient, ImageName, type StartedTestContainer, Wait } from 'testcontainers'
import { lastLines } from '../processes/last-lines.ts'
import type { ServerOptions } from '../processes/server.ts'
import { CancellableContainer } from './cancellable-container.ts'

export type ContainerPlan = {
  /** The name of the server, for the report. */
  name: string
  image: string
  env: Record<string, string>
  /** The port that the server listens on inside the container. */
  inside: number
  /** The port on the engine's host. It is fixed, so that a killed container has the same port after its restart. */
  port: number
  /** The text that the server prints when it accepts requests. */
  ready: string
}

const START_DEADLINE_MS = 90_000

/**
 * Pulls the image if the engine does not have it, starts a new container, and waits until it is ready.
 * @throws Error, leaving no container, when the container does not start; the message has the end of its output
 */
export async function createContainer(
  { name, image, env, inside, port, ready }: ContainerPlan,
  { report, signal }: Pick<ServerOptions, 'report' | 'signal'>,
): Promise<StartedTestContainer> {
  const engine = await getContainerRuntimeClient()
  if (!(await engine.image.exists(ImageName.fromString(image)))) report(`${name}: pulling ${image}…`)
  let output = ''
  const stopReading = new AbortController()
  try {
    return await new CancellableContainer(image, signal)
      .withEnvironment(env)
      .withExposedPorts({ container: inside, host: port })
      .withWaitStrategy(Wait.forLogMessage(ready))
      .withStartupTimeout(START_DEADLINE_MS)
      .withLogConsumer(log => {
        log.on('data', text => {
          output += text
        })
        stopReading.signal.addEventListener('abort', () => log.destroy())
      })
      .start()
  } catch (error) {
    const { message } = error as Error
    throw new Error(output ? `${message}; the end of its output:\n${lastLines(output)}` : message, {
      cause: error,
    })
  } finally {
    stopReading.abort()
  }
}
