import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { ROOT } from '../../../local/paths.ts'
import { usablePorts } from '../../../local/processes/ports.ts'
import { run } from '../../../local/processes/run.ts'

/** A Compose project of docker-compose.yml for one test, with separate ports, folder, volumes and image. */
export interface Compose {
  /** The environment with which a program on the host finds the stack. */
  env: Record<string, string>
  /** The DAYBOOK_DIR of `npm run demo` and `npm run token`. */
  dir: string
  kafka: string
  /** Runs `docker compose <args>` and returns its output. A failure rejects with the output. */
  compose: (...args: string[]) => Promise<string>
}

/** Makes a project. All of it is removed when the test ends. */
export async function composeProject(t: Test): Promise<Compose> {
  const name = `daybook-test-${randomBytes(4).toString('hex')}`
  const dir = await mkdtemp(join(tmpdir(), 'daybook-compose-'))
  const [gateway = 0, tasks = 0, reporting = 0, scheduler = 0, kafka = 0, mongodb = 0] = await usablePorts(
    [0, 0, 0, 0, 0, 0],
    'the test',
    'run the test again',
  )
  const env = {
    PATH: String(process.env.PATH),
    HOME: String(process.env.HOME),
    ...(process.env.DOCKER_HOST ? { DOCKER_HOST: process.env.DOCKER_HOST } : {}),
    GATEWAY_PORT: `${gateway}`,
    TASKS_PORT: `${tasks}`,
    REPORTING_PORT: `${reporting}`,
    SCHEDULER_PORT: `${scheduler}`,
    KAFKA_PORT: `${kafka}`,
    MONGODB_PORT: `${mongodb}`,
    DAYBOOK_DIR: dir,
    DAYBOOK_IMAGE: name,
  }
  const compose = async (...args: string[]) => {
    const { exitCode, output } = await run('docker', ['compose', '--project-name', name, ...args], {
      env,
      cwd: ROOT,
    })
    if (exitCode !== 0) throw new Error(`docker compose ${args.join(' ')} failed (${exitCode}):\n${output}`)
    return output
  }
  t.teardown(async () => {
    await compose('down', '--volumes', '--timeout', '1')
    await run('docker', ['image', 'rm', name], { env })
    await rm(dir, { recursive: true })
  })
  return { env, dir, kafka: `127.0.0.1:${kafka}`, compose }
}
