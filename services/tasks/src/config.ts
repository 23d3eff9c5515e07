import { portSetting } from '@daybook/shared/config/load-config'

/** The settings of the tasks service, in addition to the common settings. */
export const settings = { PORT: portSetting(3001) }
