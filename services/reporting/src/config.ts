import { portSetting } from '@daybook/shared/config/load-config'
import { Type } from 'typebox'

/** The settings of the reporting service beside the common ones. */
export const settings = {
  PORT: portSetting(3002),
  LOG_DIR: Type.String({
    default: 'logs',
    minLength: 1,
    description: 'The folder of the log files; every process of reporting must see the same one',
  }),
  TASK_FILES: Type.Boolean({
    default: true,
    description: 'Whether each completed task gets a file of its own, beside its line in the user log',
  }),
  RUN_DEADLINE_SECONDS: Type.Integer({
    default: 900,
    minimum: 1,
    description: 'How long after it was made, by the EndOfDay, a run must be done, or an alarm is raised',
  }),
}
