// To be loaded late, by whoever starts a container: testcontainers takes its time to load.
import { getContainerRuntimeClient, type StartedTestContainer } from 'testcontainers'
import type { Server, ServerOptions } from '../processes/server.ts'
import { SetupError } from '../processes/setup-error.ts'
import { type ContainerPlan, createContainer } from './new-container.ts'

const ENGINE_DEADLINE_MS = 5_000

/** By directory, those that were killed: started there again, they go on with what they kept. */
const killed = new Map<string, StartedTestContainer>()

/** Whether a Docker engine answers, in a few seconds at most. */
export async function engineAnswers(): Promise<boolean> {
  const late = Promise.withResolvers<false>()
  const timer = setTimeout(() => late.resolve(false), ENGINE_DEADLINE_MS)
  const answers = getContainerRuntimeClient().then(
    () => true,
    () => false,
  )
  return Promise.race([answers, late.promise]).finally(() => clearTimeout(timer))
}

/** The host on which the engine publishes ports. */
export async function engineHost(): Promise<string> {
  return (await getContainerRuntimeClient()).info.containerRuntime.host
}

/**
 * Starts a container and answers when it takes requests: the one that was killed in the directory, or else a new one.
 * Rejects with a SetupError, leaving none, when the engine can't run it.
 */
export async function startContainer(plan: ContainerPlan, options: ServerOptions): Promise<Server> {
  const { dir, report, signal } = options
  const began = Date.now()
  const container = await reviveOrCreate(plan, options).catch(error => {
    signal?.throwIfAborted()
    const why = `the Docker engine could not run ${plan.image}: ${error.message}`
    const instead = 'mend that, or set DAYBOOK_INFRASTRUCTURE=embedded to do without containers'
    throw new SetupError(`${plan.name}: ${why}\n${plan.name}: ${instead}`)
  })
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  report(`${plan.name}: ready on ${container.getHost()}:${plan.port}, in a container (${seconds} s)`)
  return {
    port: plan.port,
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

async function reviveOrCreate(plan: ContainerPlan, options: ServerOptions): Promise<StartedTestContainer> {
  const container = killed.get(options.dir)
  if (container === undefined) return createContainer(plan, options)
  killed.delete(options.dir)
  await container.restart()
  return container
}
