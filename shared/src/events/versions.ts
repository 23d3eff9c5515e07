import type { TSchema } from 'typebox'

/** A version of an event type that is not published any more. Kafka and the event store still hold events of it. */
export interface EarlierVersion {
  /** The data of this version. */
  schema: TSchema
  /** Makes the data of the next version. It is pure: the same data always give the same result. */
  upcast: (data: never) => object
}

/**
 * The earlier versions of event types, each list from version 1 on. A type that is missing has version 1 only. The schemas in
 * the files beside this one are the current versions: code knows no others, because events are upcast when they are read.
 */
export const earlierVersions = new Map<string, readonly EarlierVersion[]>()

const earlierOf = (type: string) => earlierVersions.get(type) ?? []

/** The schemas of an event type, from version 1 to the current one. */
export const schemasOfVersions = (type: string, current: TSchema): TSchema[] => [
  ...earlierOf(type).map(({ schema }) => schema),
  current,
]

/** The current version of an event type, from 1. */
export const currentVersion = (type: string): number => earlierOf(type).length + 1

/** Makes the data of the current version of an event type from data of a known version. */
export const upcast = (type: string, version: number, data: unknown): unknown =>
  earlierOf(type)
    .slice(version - 1)
    .reduce<unknown>((older, { upcast }) => upcast(older as never), data)

/** The URI of the schema of an event type in a version, which is the `$id` of a file in docs/schemas. */
export const schemaId = (type: string, version = currentVersion(type)): string =>
  `urn:daybook:schema:${type}:${version}`
