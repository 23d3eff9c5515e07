import type { DaybookError } from '@daybook/shared/failures/errors'
import { containing } from '@daybook/shared/mongo/containing'
import {
  type ChangeOptions,
  type ChangeRequest,
  changeDefinition,
  type WithLimits,
} from './definition-change-store.ts'
import type { StoredDefinition } from './definition-model.ts'

/** A definition that an operator wrote, with its name and version. */
export interface Defined<Definition> {
  name: string
  version: number
  definition: Definition
  changedAt: Date
  by: string
}

/** Definitions by name, each with a version. */
export interface DefinitionStore<Definition> {
  /** The definition of a name, unless it is deleted. */
  find: (name: string) => Promise<Defined<Definition> | undefined>
  /** The definitions of those names that have one; `deleted`: also the last ones of deleted names. */
  findMany: (names: readonly string[], deleted?: 'deleted') => Promise<Defined<Definition>[]>
  /** A page by name. @param page.q a part of the name, in upper or lower case */
  list: (page: {
    q?: string | undefined
    after?: string | undefined
    limit: number
  }) => Promise<Defined<Definition>[]>
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

const present = { deletedAt: { $exists: false } }

export interface StoreOptions extends ChangeOptions {
  missing: (name: string) => DaybookError
}

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
    async list({ q, after = '', limit }) {
      const named = { _id: { $gt: after, ...(q && containing(q)) } }
      const page = model.find({ ...named, ...present }).sort({ _id: 1 })
      return decodeAll(await page.limit(limit).lean<StoredDefinition[]>())
    },
    async put(name, definition, request) {
      const { written, before } = await changeDefinition(options, name, request, () => definition)
      return { defined: decode(written), created: before === undefined }
    },
    async delete(name, request) {
      await changeDefinition(options, name, request, current => {
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
