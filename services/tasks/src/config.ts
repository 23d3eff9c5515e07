import { portSetting } from '@daybook/shared/config/load-config'

/** The settings of the tasks service besides the common ones. */
export const settings = { PORT: portSetting(3001) }
