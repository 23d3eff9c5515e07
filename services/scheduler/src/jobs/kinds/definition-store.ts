import { isDeepStrictEqual } from 'node:util'
import type { DaybookError, ErrorCode } from '@daybook/shared/failures/errors'
import { checkPreconditions, type Preconditions } from '@daybook/shared/http'
import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import type { DefinitionModel, StoredDefinition } from './definition-model.ts'

/** A definition that an operator wrote, with its name and version. */
export interface Defined<Definition> {
  name: string
  version: number
  definition: Definition
  changedAt: Date
  by: string
}

/** Who asks for a change, and on which conditions. */
export interface ChangeRequest {
  by: string
  preconditions: Preconditions
}

/** Definitions by name, each with a version. */
export interface DefinitionStore<Definition> {
  /** The definition of a name, unless it is deleted. */
  find: (name: string) => Promise<Defined<Definition> | undefined>
  /** The definitions of those names that have one; `deleted`: also the last ones of deleted names. */
  findMany: (names: readonly string[], deleted?: 'deleted') => Promise<Defined<Definition>[]>
  /** A page by name. */
  list: (page: { after?: string; limit: number }) => Promise<Defined<Definition>[]>
  /**
   * Gives a name its definition. The same definition again changes nothing.
   * @throws DaybookError when a precondition does not hold
   */
  put: (
    name: string,
    definition: Definition,
    request: ChangeRequest,
  ) => Promise<{ defined: Defined<Definition>; created: boolean }>
  /** @throws DaybookError when a precondition does not hold, or there is no such name */
  delete: (name: string, request: ChangeRequest) => Promise<void>
  /** At most 10 names, of kinds that name a shared limit. */
  using: (limit: string) => Promise<string[]>
}

export interface StoreOptions {
  model: DefinitionModel
  now: () => Date
  /** The code of the error when a precondition does not hold. */
  changed: ErrorCode
  missing: (name: string) => DaybookError
  /** Called after a change by this process. */
  forget: (name: string) => void
}

interface WithLimits {
  limits?: string[]
}

const present = { deletedAt: { $exists: false } }

/** The definitions of a collection. The shared limits that a definition names can be searched. */
export function definitionStore<Definition extends WithLimits>(
  options: StoreOptions,
): DefinitionStore<Definition> {
  const { model } = options
  const decode = ({ _id, definition, version, changedAt, by }: StoredDefinition): Defined<Definition> => ({
    name: _id,
    version,
    definition: JSON.parse(definition) as Definition,
    changedAt,
    by,
  })
  const decodeAll = (found: StoredDefinition[]) => found.map(decode)
  return {
    async find(name) {
      const found = await model.findOne({ _id: name, ...present }).lean<StoredDefinition>()
      return found === null ? undefined : decode(found)
    },
    async findMany(names, deleted) {
      const wanted = { _id: { $in: [...names] }, ...(deleted ? {} : present) }
      return decodeAll(await model.find(wanted).lean<StoredDefinition[]>())
    },
    async list({ after = '', limit }) {
      const page = model.find({ _id: { $gt: after }, ...present }).sort({ _id: 1 })
      return decodeAll(await page.limit(limit).lean<StoredDefinition[]>())
    },
    async put(name, definition, request) {
      const { written, before } = await change(options, name, request, () => definition)
      return { defined: decode(written), created: before === undefined }
    },
    async delete(name, request) {
      await change(options, name, request, current => {
        if (current === undefined) throw options.missing(name)
        return undefined
      })
    },
    async using(limit) {
      const found = await model
        .find({ limits: limit, ...present }, { _id: 1 })
        .limit(10)
        .lean()
      return found.map(({ _id }) => _id)
    },
  }
}

/**
 * Reads a definition, decides on it and writes it, again and again until nobody has changed it in between.
 * @param decide returns the new definition; undefined deletes it
 */
async function change(
  { model, now, changed, forget }: StoreOptions,
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
