import { isDeepStrictEqual } from 'node:util'
import type { ErrorCode } from '@daybook/shared/failures/errors'
import { checkPreconditions, type Preconditions } from '@daybook/shared/http'
import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import type { DefinitionModel, StoredDefinition } from './definition-model.ts'

/** Who asks for a change, and on which conditions. */
export interface ChangeRequest {
  by: string
  preconditions: Preconditions
}

export interface ChangeOptions {
  model: DefinitionModel
  now: () => Date
  /** The code of the error when a precondition does not hold. */
  changed: ErrorCode
  /** Called after a change by this process. */
  forget: (name: string) => void
}

export interface WithLimits {
  limits?: string[]
}

/**
 * Reads a definition, decides on it and writes it, again and again until nobody has changed it in between.
 * @param decide returns the new definition; undefined deletes it
 */
export async function changeDefinition(
  { model, now, changed, forget }: ChangeOptions,
  name: string,
  { by, preconditions }: ChangeRequest,
  decide: (current: StoredDefinition | undefined) => WithLimits | undefined,
): Promise<{ before: StoredDefinition | undefined; written: StoredDefinition }> {
  for (;;) {
    const read = (await model.findById(name).lean<StoredDefinition>()) ?? undefined
    const before = read?.deletedAt === undefined ? read : undefined
    const definition = decide(before)
    checkPreconditions(preconditions, before?.version, changed)
    if (before !== undefined && isDeepStrictEqual(JSON.parse(before.definition), definition)) {
      return { before, written: before }
    }
    const version = (read?.version ?? 0) + 1
    const written = await write(model, name, read, { version, changedAt: now(), by, definition })
    forget(name)
    if (written !== undefined) return { before, written }
  }
}

async function write(
  model: DefinitionModel,
  name: string,
  read: StoredDefinition | undefined,
  {
    definition,
    ...fields
  }: Pick<StoredDefinition, 'version' | 'changedAt' | 'by'> & { definition: WithLimits | undefined },
): Promise<StoredDefinition | undefined> {
  const { limits = [] } = definition ?? {}
  const update = {
    $set: {
      ...fields,
      ...(definition === undefined
        ? { deletedAt: fields.changedAt }
        : { definition: JSON.stringify(definition) }),
      ...(limits.length === 0 ? {} : { limits }),
    },
    $unset: {
      ...(definition === undefined ? {} : { deletedAt: '' }),
      ...(limits.length === 0 ? { limits: '' } : {}),
    },
  }
  const asRead = read === undefined ? { version: { $exists: false } } : { version: read.version }
  try {
    const options = { upsert: read === undefined, returnDocument: 'after' } as const
    const written = model.findOneAndUpdate({ _id: name, ...asRead }, update, options)
    return (await written.lean<StoredDefinition>()) ?? undefined
  } catch (error) {
    if (isDuplicateKey(error)) return undefined
    throw error
  }
}
