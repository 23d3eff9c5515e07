import { getContainerRuntimeClient, ImageName, type StartedTestContainer, Wait } from 'testcontainers'
import { lastLines } from '../processes/last-lines.ts'
import type { ServerOptions } from '../processes/server.ts'
import { CancellableContainer } from './cancellable-container.ts'

export type ContainerPlan = {
  /** Whose container it is, for a person. */
  name: string
  image: string
  env: Record<string, string>
  /** The port it listens on, and the one on the engine's host: named, because a killed one is to have it again. */
  inside: number
  port: number
  /** What it prints when it takes requests. */
  ready: string
}

const START_DEADLINE_MS = 90_000

/** Starts a new container, its image pulled if need be, and answers when it is ready. Rejects, leaving none, else. */
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
    throw new Error(output ? `${message}; it printed\n${lastLines(output)}` : message, { cause: error })
  } finally {
    stopReading.abort()
  }
}
