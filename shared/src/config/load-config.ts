import { type Static, type TObject, type TProperties, Type } from 'typebox'
import { DaybookError } from '../failures/errors.ts'
import { makeAjv } from '../validation/ajv.ts'
import { explain } from '../validation/explain.ts'
import { commonProblems } from './common-problems.ts'
import { commonSettings } from './common-settings.ts'
import { type Env, readSettingTexts } from './setting-texts.ts'

/** A setting for the port a service listens on; 0 takes a free one. */
export const portSetting = (port: number) =>
  Type.Integer({ default: port, minimum: 0, maximum: 65535, description: 'The port to listen on' })

type Settings<T extends TProperties> = Static<TObject<typeof commonSettings & T>>

/**
 * Reads settings from the environment and from the files that it names, all problems reported together, and none
 * with the value of a secret.
 * @param own the service's own settings, one schema for each environment variable, beside the common ones
 * @param env the environment; `<name>_FILE` names a file that holds the setting, an empty variable counts as not set
 * @param relations names what is wrong between settings, each of which may be wrong by itself
 * @returns the settings, frozen, defaults filled in
 * @throws DaybookError DAYBOOK_CONFIG_INVALID, its message naming every setting that is wrong and why
 */
export function loadConfig<T extends TProperties>(
  own: T,
  env: Env,
  relations: (settings: Partial<Settings<T>>) => string[] = () => [],
) {
  const schema = Type.Object({ ...commonSettings, ...own })
  const { texts, given, problems } = readSettingTexts(Object.keys(schema.properties), env)
  const settings: Record<string, unknown> = { ...texts }
  const validate = makeAjv({ coerceTypes: true, useDefaults: true }).compile(schema)
  if (!validate(settings)) {
    for (const error of validate.errors ?? [])
      problems.push(`${error.instancePath.slice(1)}: ${explain(error)}`)
  }
  problems.push(...commonProblems(settings, given))
  problems.push(...relations(settings as Partial<Settings<T>>))
  if (problems.length > 0) {
    throw new DaybookError('DAYBOOK_CONFIG_INVALID', `Settings are wrong:\n  ${problems.join('\n  ')}`)
  }
  return Object.freeze(settings as Settings<T>)
}
