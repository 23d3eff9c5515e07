import type { Fault } from '@daybook/shared/failures/errors'
import { compileSchema } from '@daybook/shared/validation/user-schema'
import type { Kind } from './kind.ts'

const MAX_COMPILED = 1000

/** Makes a function that returns the faults of data by the schema of a kind. It compiles each version of a schema once. */
export function makeDataValidator(): (kind: Kind, data: unknown) => Fault[] {
  const compiled = new Map<string, { version: number; check: (data: unknown) => Fault[] }>()
  return ({ name, version, schema }, data) => {
    if (schema === undefined) return []
    const known = compiled.get(name)
    if (known?.version === version) return known.check(data)
    if (compiled.size >= MAX_COMPILED) compiled.clear()
    const check = compileSchema(schema)
    compiled.set(name, { version, check })
    return check(data)
  }
}
