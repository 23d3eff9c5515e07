import type { Fault } from './errors.ts'

/** A value violates its schema. `message` says it in one text, `faults` point into the value. */
export class FaultyValue extends Error {
  readonly faults: readonly Fault[]

  constructor(message: string, faults: readonly Fault[]) {
    super(message)
    this.faults = faults
  }
}
