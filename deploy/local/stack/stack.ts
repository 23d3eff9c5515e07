import { join } from 'node:path'
import { ensureConsole } from '../../../services/console/build.ts'
import { waitUntilUnlocked } from '../processes/pid-lock.ts'
import { LOCALHOST, usablePorts } from '../processes/ports.ts'
import { readyLine } from '../processes/ready-line.ts'
import { supervise } from '../processes/supervisor.ts'
import { checkSettings } from './check-settings.ts'
import { type Infrastructure, openInfrastructure } from './infrastructure.ts'
import { localSecret } from './secret.ts'
import { type LocalSettings, type ServiceName, serviceNames, urlOf } from './settings.ts'
import { startService } from './start-service.ts'

/** The name of the folder, inside the stack's folder, of the services' output. */
export const OUTPUT = 'output'

export type StackOptions = {
  settings: LocalSettings
  /** Receives progress lines for a person: what the start waits for, what is ready and where, what ended by itself. */
  report: (line: string) => void
  /** An abort makes opening reject with the signal's reason and leaves nothing running. */
  signal: AbortSignal
}

export type Stack = Pick<Infrastructure, 'brokers' | 'mongoUri'> & {
  urls: Record<ServiceName, string>
  /** Stops the services, then Kafka and MongoDB. */
  stop(): Promise<void>
}

/**
 * Starts the whole stack and waits until it is ready: Kafka and MongoDB, unless the environment names them, and the
 * services. A program that ends later is restarted.
 * @throws SetupError, leaving nothing running, when a part cannot be started; the message says what to do
 */
export async function openStack({ settings, report, signal }: StackOptions): Promise<Stack> {
  const { dir, ports, env } = settings
  const output = join(dir, OUTPUT)
  const servicePorts = await freeServicePorts(settings, output, report)
  const auth = env.AUTH_JWKS_URL || env.AUTH_SECRET ? {} : { AUTH_SECRET: await localSecret(settings) }
  checkSettings({ ...env, ...auth, DEFAULT_TIME_ZONE: settings.timeZone })
  report(`Starting in ${dir}`)
  await ensureConsole()
  const { brokers, mongoUri, stop } = await openInfrastructure({
    env,
    dir,
    kafkaPort: ports.kafka,
    mongoPort: ports.mongodb,
    report,
    signal,
  })
  const serviceEnv = {
    ...env,
    ...auth,
    KAFKA_BROKERS: brokers.join(','),
    MONGODB_URI: mongoUri,
    HOST: LOCALHOST,
    LOG_DIR: settings.logDir,
    DEFAULT_TIME_ZONE: settings.timeZone,
    TASKS_URL: urlOf(servicePorts.tasks),
    REPORTING_URL: urlOf(servicePorts.reporting),
    SCHEDULER_URL: urlOf(servicePorts.scheduler),
  }
  try {
    const stopServices = await openServices(servicePorts, { output, env: serviceEnv, report, signal })
    const urls = Object.fromEntries(
      serviceNames.map(name => [name, urlOf(servicePorts[name])]),
    ) as Stack['urls']
    return { brokers, mongoUri, urls, stop: () => stopServices().finally(stop) }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Checks the services' ports before Kafka is started, so that a port in use is reported without a long wait. */
async function freeServicePorts(
  { ports }: LocalSettings,
  output: string,
  report: (line: string) => void,
): Promise<Record<ServiceName, number>> {
  const found = []
  for (const name of serviceNames) {
    await waitUntilUnlocked(output, name, report)
    const [port = 0] = await usablePorts(
      [ports[name]],
      name,
      `set ${name.toUpperCase()}_PORT to another port`,
    )
    found.push([name, port])
  }
  return Object.fromEntries(found)
}

type ServicesOptions = Omit<StackOptions, 'settings'> & { output: string; env: NodeJS.ProcessEnv }

async function openServices(
  ports: Record<ServiceName, number>,
  { output, env, report, signal }: ServicesOptions,
): Promise<() => Promise<void>> {
  const failed = new AbortController()
  const opening = AbortSignal.any([failed.signal, signal])
  const started = await Promise.allSettled(
    serviceNames.map(async name => {
      const began = Date.now()
      const options = { name, port: ports[name], dir: output, env, report }
      const service = await supervise(
        name,
        unwanted => startService(options, unwanted),
        report,
        opening,
      ).catch(error => {
        failed.abort(error)
        throw error
      })
      report(readyLine(name, `${LOCALHOST}:${ports[name]}`, began))
      return service
    }),
  )
  const stop = async () => {
    await Promise.all(started.map(one => one.status === 'fulfilled' && one.value.stop()))
  }
  if (!opening.aborted) return stop
  await stop()
  throw opening.reason
}
