import { type Static, type TObject, type TProperties, Type } from 'typebox'
import { commonProblems } from './common-problems.ts'
import { commonSettings } from './common-settings.ts'
import { readSettings } from './read-settings.ts'
import type { Env } from './setting-texts.ts'

/** The setting PORT of a service. The value 0 picks a free port. */
export const portSetting = (port: number) =>
  Type.Integer({ default: port, minimum: 0, maximum: 65535, description: 'The port to listen on' })

type Settings<T extends TProperties> = Static<TObject<typeof commonSettings & T>>

/**
 * Reads the settings of a service from the environment and from the files that it names. Reports all problems together,
 * without the values of secrets.
 * @param ownSettings the settings of this service besides the common ones, one schema for each environment variable
 * @param env the environment; `<name>_FILE` names a file that holds the setting; an empty variable counts as not set
 * @param relations finds contradictions between settings; the settings that it receives may have wrong values
 * @returns the settings with their defaults, frozen
 * @throws DaybookError DAYBOOK_CONFIG_INVALID, whose message names every wrong setting and the reason
 */
export function loadConfig<T extends TProperties>(
  ownSettings: T,
  env: Env,
  relations: (settings: Partial<Settings<T>>) => string[] = () => [],
) {
  return readSettings({ ...commonSettings, ...ownSettings }, env, (settings, given) => [
    ...commonProblems(settings, given),
    ...relations(settings as Partial<Settings<T>>),
  ]) as Readonly<Settings<T>>
}
