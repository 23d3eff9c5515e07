import { portSetting } from '@daybook/shared/config/load-config'
import { Type } from 'typebox'

/** The settings of the reporting service, in addition to the common settings. */
export const settings = {
  PORT: portSetting(3002),
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
