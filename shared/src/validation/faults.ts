import type { ErrorObject } from 'ajv'
import { type Fault, pointerTo } from '../failures/errors.ts'
import { explain } from './explain.ts'

// A value can have tens of thousands of faults, and a list of all would be larger than the value.
const MAX_FAULTS = 100

/** Converts validation errors to faults: the first one of each pointer. A fault of a property points at the property. */
export function faultsOf(errors: readonly ErrorObject[]): Fault[] {
  const faults = new Map<string, Fault>()
  for (const error of errors.slice(0, MAX_FAULTS)) {
    const property = error.params.missingProperty ?? error.params.additionalProperty ?? error.params.tag
    const pointer = `${error.instancePath}${pointerTo(property === undefined ? [] : [property])}`
    if (!faults.has(pointer)) faults.set(pointer, { pointer, detail: explain(error) })
  }
  return [...faults.values()]
}
