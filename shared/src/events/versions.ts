import type { TSchema } from 'typebox'

/** A version of an event type that is not published any more. Kafka and the event store still hold events of it. */
export interface EarlierVersion {
  /** The data of this version. */
  schema: TSchema
  /** Makes the data of the next version. It is pure: the same data always give the same result. */
  upcast: (data: never) => object
}

/** The earlier versions of event types, each list from version 1 on. A type that is missing has version 1 only. */
export type EarlierVersions = ReadonlyMap<string, readonly EarlierVersion[]>

/** The earlier versions of Daybook's events. The schemas beside this file are the current versions. */
export const earlierVersions: EarlierVersions = new Map()

/** The current version of an event type, from 1. */
export const currentVersion = (type: string, earlier = earlierVersions): number =>
  (earlier.get(type)?.length ?? 0) + 1

/** The URI of the schema of an event type in a version, which is the `$id` of a file in docs/schemas. */
export const schemaId = (type: string, version = currentVersion(type)): string =>
  `urn:daybook:schema:${type}:${version}`
