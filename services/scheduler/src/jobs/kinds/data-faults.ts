import { type Fault, pointerTo } from '@daybook/shared/failures/errors'
import { makeAjv } from '@daybook/shared/validation/ajv'
import { explain } from '@daybook/shared/validation/explain'
import type { Kind } from './kind.ts'

type Validate = ReturnType<ReturnType<typeof makeAjv>['compile']>

const MAX_FAULTS = 20
const MAX_VALIDATORS = 1000

/**
 * Makes the function that validates data by the JSON Schema of a kind. Each version of a kind is compiled once.
 * @returns a function that returns the faults with pointers from the data on; none if the kind has no schema
 */
export function makeDataValidator(): (kind: Kind, data: unknown) => Fault[] {
  const validators = new Map<string, { schema: object; validate: Validate }>()

  function validatorOf(name: string, schema: object): Validate {
    const known = validators.get(name)
    if (known?.schema === schema || JSON.stringify(known?.schema) === JSON.stringify(schema))
      return (known as { validate: Validate }).validate
    if (validators.size >= MAX_VALIDATORS) validators.clear()
    // One validator for each schema: two schemas may have the same `$id`. `$schema` names a dialect that ajv may not know.
    const rest = Object.entries(schema).filter(([name]) => name !== '$schema')
    const validate = makeAjv({ strict: false }).compile(Object.fromEntries(rest))
    validators.set(name, { schema, validate })
    return validate
  }

  return ({ name, schema }, data) => {
    if (schema === undefined) return []
    const validate = validatorOf(name, schema)
    if (validate(data)) return []
    return (validate.errors ?? []).slice(0, MAX_FAULTS).map(error => {
      const { missingProperty, additionalProperty } = error.params
      const field = missingProperty ?? additionalProperty
      return {
        pointer: error.instancePath + (field === undefined ? '' : pointerTo([field])),
        detail: explain(error),
      }
    })
  }
}
