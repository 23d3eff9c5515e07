import { type Static, type TObject, type TProperties, Type } from 'typebox'
import { DaybookError } from '../failures/errors.ts'
import { makeAjv } from '../validation/ajv.ts'
import { explain } from '../validation/explain.ts'
import { type Env, readSettingTexts } from './setting-texts.ts'

/**
 * Reads settings from the environment and from the files that it names. Reports all problems together, without the values
 * of secrets.
 * @param schemas one schema for each environment variable
 * @param env the environment; `<name>_FILE` names a file that holds the setting; an empty variable counts as not set
 * @param problemsOf finds problems that a schema cannot find; the settings that it receives may have wrong values. `given`
 *   has the names that are set
 * @returns the settings with their defaults, frozen
 * @throws DaybookError DAYBOOK_CONFIG_INVALID, whose message names every wrong setting and the reason
 */
export function readSettings<T extends TProperties>(
  schemas: T,
  env: Env,
  problemsOf: (settings: Partial<Static<TObject<T>>>, given: ReadonlySet<string>) => string[],
): Readonly<Static<TObject<T>>> {
  const { texts, given, problems } = readSettingTexts(Object.keys(schemas), env)
  const settings: Record<string, unknown> = { ...texts }
  const validate = makeAjv({ coerceTypes: true, useDefaults: true }).compile(Type.Object(schemas))
  if (!validate(settings)) {
    for (const error of validate.errors ?? [])
      problems.push(`${error.instancePath.slice(1)}: ${explain(error)}`)
  }
  problems.push(...problemsOf(settings as Partial<Static<TObject<T>>>, given))
  if (problems.length > 0) {
    throw new DaybookError('DAYBOOK_CONFIG_INVALID', `Settings are wrong:\n  ${problems.join('\n  ')}`)
  }
  return Object.freeze(settings as Static<TObject<T>>)
}
