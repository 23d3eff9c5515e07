import { loadConfig } from '@daybook/shared/config/load-config'
import { DaybookError } from '@daybook/shared/failures/errors'
import { readConfig as readGatewayConfig } from '../../../services/gateway/src/config.ts'
import { readConfig as readReportingConfig } from '../../../services/reporting/src/config.ts'
import { readConfig as readSchedulerConfig } from '../../../services/scheduler/src/config.ts'
import { settings as tasksSettings } from '../../../services/tasks/src/config.ts'
import { SetupError } from '../processes/setup-error.ts'

type Env = Record<string, string | undefined>

const readers: ((env: Env) => unknown)[] = [
  env => loadConfig(tasksSettings, env),
  readReportingConfig,
  readSchedulerConfig,
  readGatewayConfig,
]

/**
 * Checks the settings of all services before anything is started, with the services' own code.
 * @throws SetupError that lists all problems
 */
export function checkSettings(env: Env): void {
  const problems = new Set<string>()
  for (const read of readers) {
    try {
      read(env)
    } catch (error) {
      if (!(error instanceof DaybookError)) throw error
      for (const line of error.message.split('\n').slice(1)) problems.add(line)
    }
  }
  if (problems.size > 0) throw new SetupError(['Settings are wrong:', ...problems].join('\n'))
}
