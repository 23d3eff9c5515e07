import { loadConfig, portSetting } from '@daybook/shared/config/load-config'
import { Type } from 'typebox'

/** The roles that a process of reporting can have, see roles. */
export const roleNames = ['projection', 'runs', 'writers'] as const
export type RoleName = (typeof roleNames)[number]

/** The settings of the reporting service, in addition to the common settings. */
export const settings = {
  PORT: portSetting(3002),
  ROLES: Type.String({
    default: roleNames.join(','),
    minLength: 1,
    description:
      'What a process does, separated by commas: `projection` reads the events of tasks, `runs` advances the runs, `writers` writes the log files. Each role needs at least one process. Every process serves REST',
  }),
  LOG_DIR: Type.String({
    default: 'logs',
    minLength: 1,
    description: 'The folder of the log files. All processes of reporting must share it',
  }),
  TASK_FILES: Type.Boolean({
    default: true,
    description:
      'Whether each completed task gets a file of its own, in addition to its line in the user log',
  }),
  RUN_DEADLINE_SECONDS: Type.Integer({
    default: 900,
    minimum: 1,
    description: 'How many seconds a run may take from its creation. A run that takes longer raises an alarm',
  }),
}

/**
 * Reads the settings of reporting.
 * @returns the settings, and `roles`: those that ROLES lists
 * @throws DaybookError DAYBOOK_CONFIG_INVALID, whose message names every wrong setting and the reason
 */
export function readConfig(env: Record<string, string | undefined>) {
  const config = loadConfig(settings, env, ({ ROLES = '' }) =>
    listed(ROLES)
      .filter(name => !isRole(name))
      .map(name => `ROLES: "${name}" is not a role: the roles are ${roleNames.join(', ')}`),
  )
  return { ...config, roles: new Set(listed(config.ROLES).filter(isRole)) }
}

const listed = (roles: string) => roles.split(',').map(name => name.trim())
const isRole = (name: string): name is RoleName => roleNames.some(role => role === name)
