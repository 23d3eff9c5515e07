// Import this module only when containers may be used: testcontainers takes long to load.
import { getContainerRuntimeClient } from 'testcontainers'

const ENGINE_DEADLINE_MS = 5_000

/** Returns whether a Docker engine answers within a few seconds. */
export async function engineAnswers(): Promise<boolean> {
  const late = Promise.withResolvers<false>()
  const timer = setTimeout(() => late.resolve(false), ENGINE_DEADLINE_MS)
  const answers = getContainerRuntimeClient().then(
    () => true,
    () => false,
  )
  return Promise.race([answers, late.promise]).finally(() => clearTimeout(timer))
}

/** Returns the host on which the engine publishes the ports of containers. */
export async function engineHost(): Promise<string> {
  return (await getContainerRuntimeClient()).info.containerRuntime.host
}
