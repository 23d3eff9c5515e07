import { DaybookError, type Fault } from '@daybook/shared/failures/errors'
import { createIndexes } from '@daybook/shared/mongo/model'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { makeDataValidator } from './data-faults.ts'
import { kindModel, limitModel } from './definition-model.ts'
import { type DefinitionStore, definitionStore } from './definition-store.ts'
import { defaultKind, type Kind } from './kind.ts'
import { type KindDefinition, toKind } from './kind-definition.ts'
import { type Recent, recent } from './recent.ts'
import { type LimitDefinition, type SharedLimit, toLimit } from './shared-limit.ts'

/** The kinds of jobs and their rules. A change by another process holds after at most a second. */
export interface Kinds extends Omit<DefinitionStore<KindDefinition>, 'findMany'> {
  /** The rules of a kind: the default rules if nobody has defined it. */
  get: (name: string) => Promise<Kind>
  getMany: Recent<Kind>['getMany']
  /** The faults of a job's data by the schema of its kind, with pointers into the data. */
  validateData: (kind: Kind, data: unknown) => Fault[]
  /** The same for a kind that is known by its name. */
  dataFaults: (kind: string, data: unknown) => Promise<Fault[]>
  limits: SharedLimits
}

/** The limits that kinds share. */
export interface SharedLimits extends Omit<DefinitionStore<LimitDefinition>, 'findMany' | 'using'> {
  /** The limits of those names that ever had one. A kind that names a limit that was deleted at the same moment still has it. */
  getMany: (names: Iterable<string>) => Promise<Map<string, SharedLimit>>
  /** Those of the names that have a limit now. */
  existing: (names: readonly string[]) => Promise<Set<string>>
}

/** Opens the kinds and the shared limits, and makes their indexes. */
export async function openKinds({ connection, now }: Pick<JobsBase, 'connection' | 'now'>): Promise<Kinds> {
  const model = kindModel(connection)
  await createIndexes(model)
  const store = definitionStore<KindDefinition>({
    model,
    now,
    forget: name => known.forget(name),
    changed: 'DAYBOOK_KIND_CHANGED',
    missing: name =>
      new DaybookError('DAYBOOK_KIND_NOT_FOUND', `Nobody has defined the kind ${name}; GET /kinds lists all`),
  })
  const known = recent(async names => {
    const found = await store.findMany(names)
    const defined = found.map(({ name, version, definition }) => toKind(name, version, definition))
    const kinds = new Map(names.map(name => [name, { name, ...defaultKind } as Kind]))
    for (const kind of defined) kinds.set(kind.name, kind)
    return kinds
  })
  const validateData = makeDataValidator()
  return {
    ...store,
    get: known.get,
    getMany: known.getMany,
    validateData,
    dataFaults: async (kind, data = null) => validateData(await known.get(kind), data),
    limits: openLimits({ connection, now }, store.using),
  }
}

/** @param using the kinds that name a limit */
function openLimits(
  { connection, now }: Pick<JobsBase, 'connection' | 'now'>,
  using: (limit: string) => Promise<string[]>,
): SharedLimits {
  const store = definitionStore<LimitDefinition>({
    model: limitModel(connection),
    now,
    forget: name => known.forget(name),
    changed: 'DAYBOOK_LIMIT_CHANGED',
    missing: name =>
      new DaybookError('DAYBOOK_LIMIT_NOT_FOUND', `There is no limit ${name}; GET /limits lists all`),
  })
  const known = recent<SharedLimit | undefined>(async names => {
    const found = await store.findMany(names, 'deleted')
    return new Map(found.map(({ name, definition }) => [name, toLimit(name, definition)]))
  })
  return {
    ...store,
    async delete(name, request) {
      const kinds = await using(name)
      if (kinds.length > 0) {
        const detail = `Remove ${name} from the limits of these kinds first: ${kinds.join(', ')}`
        throw new DaybookError('DAYBOOK_LIMIT_IN_USE', detail)
      }
      await store.delete(name, request)
    },
    existing: async names => new Set((await store.findMany(names)).map(({ name }) => name)),
    async getMany(names) {
      const found = await known.getMany(names)
      return new Map([...found].flatMap(([name, limit]) => (limit === undefined ? [] : [[name, limit]])))
    },
  }
}
