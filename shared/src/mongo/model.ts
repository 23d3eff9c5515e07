import { type Connection, type Model, type mongo, Schema, type SchemaDefinition } from 'mongoose'
import { type Logger, pino } from 'pino'
import { waitOut } from '../failures/outage.ts'

// A field that a schema does not name is an error, in a filter and in an update: Mongoose never drops it silently. Mongoose
// adds nothing to what a store writes: no version key and no defaults.
const options = {
  versionKey: false,
  id: false,
  minimize: false,
  strict: 'throw',
  strictQuery: 'throw',
  castNonArrays: false,
} as const

/**
 * Makes the schema of a collection. Fields that it does not name are errors, in filters and in updates.
 *
 * Values of any shape are `Mixed`. Updates through a model drop every field of such a value that is named `prototype` or
 * `__proto__`. Store such values as JSON text when users send them, or write them with `driverCollection`.
 * @param fields the stored fields and their types; `_id` is always a text that Daybook makes
 */
export function schemaOf<Document extends { _id: string }>(
  fields: Omit<SchemaDefinition<Document>, '_id'>,
): Schema<Document> {
  const definition = { _id: { type: String, required: true }, ...fields } as SchemaDefinition<Document>
  return new Schema<Document>(definition, options)
}

/**
 * Makes the schema of documents inside a document, for example the entries of an array. They have no `_id`.
 * @param fields what is stored, by field
 */
export const partSchemaOf = <Part>(fields: SchemaDefinition<Part>): Schema<Part> =>
  new Schema<Part>(fields, { ...options, _id: false })

/** The options of an array field that is absent until the array has an element. By default, Mongoose stores an empty array. */
export const absentArray = { default: () => undefined } as const

/**
 * The model of a collection on a connection: the same object at each call. `createIndexes` makes its indexes.
 * @param collection the name of the collection, and of the model
 */
export function modelOf<Document extends { _id: string }>(
  connection: Connection,
  collection: string,
  schema: Schema<Document>,
): Model<Document> {
  const known = connection.models[collection] as Model<Document> | undefined
  return known ?? connection.model<Document>(collection, schema, collection)
}

interface Waiting {
  log: Logger
  signal?: AbortSignal
}

const silent: Waiting = { log: pino({ level: 'silent' }) }
const waitings = new WeakMap<Connection, Waiting>()

/** Lets `createIndexes` write to a log when it waits on a connection, and end when the process does. */
export function setWaiting(connection: Connection, waiting: Waiting): void {
  waitings.set(connection, waiting)
}

/**
 * Makes the indexes of a model that are missing, in one command. `Model.createIndexes` takes one command for each index, and
 * MongoDB flushes its journal after each. An outage is waited out, also the end of the time for an answer: MongoDB goes on with the
 * index of a large collection, and the next command waits for it.
 */
export async function createIndexes<Document extends { _id: string }>(model: Model<Document>): Promise<void> {
  const indexes = model.schema.indexes().map(([key, options]) => ({ ...options, key }))
  if (indexes.length === 0) return
  await waitOut(
    `making the indexes of ${model.collection.name}`,
    () => model.collection.createIndexes(indexes as mongo.IndexDescription[]),
    waitings.get(model.db) ?? silent,
  )
}

/** The driver's collection of a model, typed. Its commands reach MongoDB as they are: without casts, without checks. */
export const driverCollection = <Document extends { _id: string }>(model: Model<Document>) =>
  model.collection as unknown as mongo.Collection<Document>
