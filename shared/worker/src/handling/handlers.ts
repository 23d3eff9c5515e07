import type { TSchema } from 'typebox'
import { KindName } from '../../../src/events/index.ts'
import { makeAjv } from '../../../src/validation/ajv.ts'
import { explain } from '../../../src/validation/explain.ts'
import type { Handler } from '../types.ts'
import { nameCheck } from './names.ts'

/** A handler with the check of its data. */
export interface KnownHandler {
  handler: Handler<unknown>
  /** Returns what is wrong with data; undefined if they match the schema. */
  problemOf: (data: unknown) => string | undefined
}

/** Handlers by kind. */
export type Handlers = Map<string, KnownHandler>

const checkKind = nameCheck('kind', KindName)

/**
 * Adds a handler.
 * @throws Error when the kind has a handler, or when the schema or the name of the kind is invalid
 */
export function addHandler(
  handlers: Handlers,
  kind: string,
  schema: TSchema,
  handler: Handler<unknown>,
): void {
  checkKind(kind)
  if (handlers.has(kind)) throw new Error(`The kind ${kind} has two handlers: remove one`)
  // Schemas are written for other tools too, so unknown keywords and formats are allowed.
  const validate = makeAjv({ strict: false }).compile(schema)
  const problemOf = (data: unknown) =>
    validate(data)
      ? undefined
      : (validate.errors ?? [])
          .map(error => `${error.instancePath || 'the data'} ${explain(error)}`)
          .join('; ')
  handlers.set(kind, { handler, problemOf })
}
