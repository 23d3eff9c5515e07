import type { TSchema } from 'typebox'
import { makeAjv } from '../../../src/validation/ajv.ts'
import { explain } from '../../../src/validation/explain.ts'

/**
 * Makes the check of a name.
 * @param what the thing that has the name
 * @returns a function that throws an Error which says how a name must be
 */
export function nameCheck(what: string, schema: TSchema): (name: string) => void {
  const validate = makeAjv().compile(schema)
  return name => {
    if (validate(name)) return
    throw new Error(
      `"${name}" is no name of a ${what}: it ${(validate.errors ?? []).map(explain).join('; ')}`,
    )
  }
}
