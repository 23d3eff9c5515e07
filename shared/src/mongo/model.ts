import { type Connection, type Model, Schema, type SchemaDefinition } from 'mongoose'

const options = {
  versionKey: false,
  id: false,
  minimize: false,
  strict: 'throw',
  strictQuery: 'throw',
  castNonArrays: false,
} as const

/**
 * Makes the schema of a collection. A field that the schema does not name is an error, in a filter and in an update: it is
 * never dropped in silence. Nothing is added to what a store writes: no version key, no defaults.
 * @param fields what is stored, by field; `_id` is always a text that Daybook makes
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

/** The fields of an array that is absent, not empty, until something is in it. */
export const absentArray = { default: () => undefined } as const

/**
 * The model of a collection on a connection, the same one each time; its indexes are made by `Model.createIndexes()`.
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
