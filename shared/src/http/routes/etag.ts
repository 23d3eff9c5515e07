import { createHash } from 'node:crypto'
import { type TSchema, Type } from 'typebox'

/** The entity tag (RFC 9110, 8.8.3) of a version. */
export const etagOf = (version: number): string => `"${version}"`

/** The entity tag of an answer without a version: another one whenever the answer differs. */
export const etagOfBody = (body: object): string =>
  `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`

const etag = Type.String({ pattern: '^"[1-9]\\d*"$', description: 'The version, as If-Match takes it' })
/** The schema of the header ETag of an answer that has no version. */
export const etagText = Type.String({
  pattern: '^"[!#-~]+"$',
  description: 'Another one whenever the answer differs, as If-None-Match takes it',
})
const location = Type.String({ description: 'The path of what was created' })

/** The schema of an answer that has a version, with the header ETag. */
export const versioned = <Schema extends TSchema>(schema: Schema) => ({ ...schema, headers: { etag } })

/** The schema of an answer after something was created, with the headers ETag and Location. */
export const created = <Schema extends TSchema>(schema: Schema) => ({
  ...schema,
  headers: { etag, location },
})

/** The schema of the request header If-Match. */
export const IfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      format: 'entity-tags',
      description:
        'The ETag of the version that you read. If that is not the current version, the answer is 412',
    }),
  ),
})

/** The schema of the request headers of a PUT by name. */
export const IfMatchOrNone = Type.Object({
  ...IfMatch.properties,
  'if-none-match': Type.Optional(
    Type.String({
      format: 'entity-tags',
      description: '`*` to create. If the name is in use, the answer is 412',
    }),
  ),
})

/** The schema of the request header If-None-Match. */
export const IfNoneMatch = Type.Object({
  'if-none-match': Type.Optional(
    Type.String({ description: 'The ETag that you have: the answer is 304 while it is the current one' }),
  ),
})
