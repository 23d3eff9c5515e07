import { Instant, KindName, LimitName, Nullable } from '@daybook/shared/events'
import { type Preconditions, pageOf } from '@daybook/shared/http'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { ChangeRequest } from '../../kinds/definition-change-store.ts'
import type { Defined, DefinitionStore } from '../../kinds/definition-store.ts'
import type { KindDefinition } from '../../kinds/kind-definition.ts'
import { KindBody } from '../../kinds/kind-schema.ts'
import { LimitBody, type LimitDefinition } from '../../kinds/shared-limit.ts'
import { FAILING_AFTER } from '../../limits/start-intervals.ts'
import { exampleKind, exampleLimit } from './examples.ts'

/** What the routes of kinds and limits take and answer. */

/** The options of a route that only operators can use. */
export const admin = { config: { admin: true } }
/** The options of a route for those who add jobs, and for operators. */
export const jobs = { config: { scope: 'jobs' as const } }

export const KindPath = Type.Object({ name: KindName })
export const LimitPath = Type.Object({ name: LimitName })

/** The query of a list by name. */
export const PageQuery = Type.Object(
  {
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'Only those whose name contains this text, in upper or lower case',
      }),
    ),
    after: Type.Optional(Type.String({ description: '`nextAfter` of the previous page' })),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  },
  { additionalProperties: false },
)

const nextAfter = Nullable(Type.String(), '`after` for the next page; null on the last page')
const change = {
  version: Type.Integer({ minimum: 1, description: 'The version of the definition, which is the ETag' }),
  changedAt: Instant('When it was changed last'),
  changedBy: Type.String({ description: "Who changed it: the token's `sub`" }),
}

/** A kind in the REST API. */
export const KindView = Type.Object(
  {
    name: KindName,
    ...change,
    definition: Type.Object(KindBody.properties, {
      title: 'KindDefinition',
      description: 'What an operator wrote',
    }),
    failing: Type.Boolean({
      description: `Its last ${FAILING_AFTER} attempts all failed: one attempt at a time is sent until one succeeds. It does not change the version`,
    }),
  },
  { title: 'Kind', examples: [exampleKind] },
)
export const KindList = Type.Object(
  { kinds: Type.Array(KindView), nextAfter },
  { title: 'KindList', examples: [{ kinds: [exampleKind], nextAfter: null }] },
)

/** A shared limit in the REST API. */
export const LimitView = Type.Object(
  {
    name: LimitName,
    ...change,
    definition: Type.Object(LimitBody.properties, {
      title: 'LimitDefinition',
      description: 'What an operator wrote',
    }),
  },
  { title: 'Limit', examples: [exampleLimit] },
)
export const LimitList = Type.Object(
  { limits: Type.Array(LimitView), nextAfter },
  { title: 'LimitList', examples: [{ limits: [exampleLimit], nextAfter: null }] },
)

/** The representation of a kind or a limit in the REST API. */
export const viewOf = <Definition extends KindDefinition | LimitDefinition>({
  name,
  version,
  definition,
  changedAt,
  by,
}: Defined<Definition>) => ({ name, version, definition, changedAt: changedAt.toISOString(), changedBy: by })

/** The request of a change. */
export const changeRequest = (
  request: Pick<FastifyRequest, 'user'> & { headers: Preconditions },
): ChangeRequest => ({ by: request.user.id, preconditions: request.headers })

/** Reads a page of definitions. */
export async function readPage<Definition extends KindDefinition | LimitDefinition>(
  list: DefinitionStore<Definition>['list'],
  { limit, ...wanted }: Static<typeof PageQuery>,
) {
  const read = await list({ ...wanted, limit: limit + 1 })
  const { page, last } = pageOf(read, limit)
  return { page: page.map(viewOf), nextAfter: last?.name ?? null }
}
