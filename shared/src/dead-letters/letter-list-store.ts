import type { Connection, mongo } from 'mongoose'
import { createIndexes, driverCollection } from '../mongo/model.ts'
import { type DeadLetter, letterModel } from './dead-letter-model.ts'
import {
  allOf,
  beyond,
  type Filter,
  type LetterFilter,
  type LetterOrder,
  type LetterPlace,
  type Source,
  sorts,
  sourceOf,
  upTo,
} from './letter-source-store.ts'

export interface LetterPage<Row> {
  letters: Row[]
  /** The place after which the next page begins; undefined on the last page. */
  after: LetterPlace | undefined
}

interface PageOptions<Field> {
  order: LetterOrder
  after?: LetterPlace | undefined
  limit: number
  /** The fields of the letters to read. */
  fields: readonly Field[]
}

/** Reads dead letters. The cost of a call has a bound, however many letters there are. */
export interface LetterList {
  /**
   * Reads a page: at most `limit` letters. A page can have fewer letters, also none, while `after` says that the list
   * continues: when few of the letters that it examined meet the filter.
   */
  page: <Field extends keyof DeadLetter>(
    filter: LetterFilter,
    options: PageOptions<Field>,
  ) => Promise<LetterPage<Pick<DeadLetter, Field | '_id' | 'parkedAt'>>>
  /** Counts the letters of a filter. With `more` it has not examined all of them. */
  count: (filter: LetterFilter) => Promise<{ count: number; more: boolean }>
  find: (groups: LetterFilter['groups'], id: string) => Promise<DeadLetter | undefined>
}

/** The most letters that are read for conditions that the index does not answer, and that are counted in the index. */
const LIMITS = { examined: 2000, counted: 10_000 }

/** Opens the lists and makes their indexes. @param limits for tests */
export async function openLetterList(connection: Connection, limits = LIMITS): Promise<LetterList> {
  const letters = letterModel(connection)
  await createIndexes(letters)

  /** The place of the last letter that may be examined; undefined when the index answers all conditions, or ends before. */
  async function boundary({ index, prefix, others, check }: Source, order: LetterOrder, after?: LetterPlace) {
    if (Object.keys(others).length === 0 && check === undefined) return undefined
    const found = letters
      .find(allOf(prefix, beyond(order, after)), { parkedAt: 1 })
      .sort(sorts[order])
      .hint(index)
      .skip(limits.examined - 1)
      .limit(1)
    const [last] = await found.lean<Pick<DeadLetter, '_id' | 'parkedAt'>[]>()
    return last && { parkedAt: last.parkedAt, id: last._id }
  }

  /** Reads the letters of a source in an order, and checks in this process what MongoDB cannot: contents are bytes, and errors are stored as they are. */
  async function read(
    { index, check }: Source,
    conditions: Filter,
    { order, limit, fields }: { order: LetterOrder; limit: number; fields: readonly (keyof DeadLetter)[] },
  ): Promise<DeadLetter[]> {
    const wanted = [...fields, ...(check?.fields ?? []), 'parkedAt']
    const projection = Object.fromEntries(wanted.map(field => [field, 1]))
    if (check === undefined) {
      const found = letters.find(conditions, projection).sort(sorts[order]).hint(index)
      return found.limit(limit).lean<DeadLetter[]>()
    }
    const rows: DeadLetter[] = []
    // The driver, because Mongoose adds work for each of up to 2,000 letters.
    const options = { projection, sort: sorts[order], hint: index }
    const found = driverCollection(letters).find(conditions as mongo.Filter<DeadLetter>, options)
    for await (const letter of found) {
      if (check.meets(letter)) rows.push(letter)
      if (rows.length === limit) break
    }
    return rows
  }

  return {
    async page(filter, { order, after, limit, fields }) {
      const source = sourceOf(filter)
      const end = await boundary(source, order, after)
      const conditions = allOf(source.prefix, source.others, beyond(order, after), upTo(order, end))
      const rows = await read(source, conditions, { order, limit: limit + 1, fields })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      const isFull = rows.length > limit && last !== undefined
      return { letters: page, after: isFull ? { parkedAt: last.parkedAt, id: last._id } : end }
    },
    async count(filter) {
      const source = sourceOf(filter)
      const end = await boundary(source, 'newest first')
      const conditions = allOf(source.prefix, source.others, upTo('newest first', end))
      const limit = limits.counted + 1
      const count =
        source.check === undefined
          ? await letters.countDocuments(conditions).hint(source.index).limit(limit)
          : (await read(source, conditions, { order: 'newest first', limit, fields: [] })).length
      return { count: Math.min(count, limits.counted), more: end !== undefined || count > limits.counted }
    },
    async find(groups, _id) {
      const found = await letters.findOne({ _id, group: { $in: [...groups.keys()] } }).lean<DeadLetter>()
      return found ?? undefined
    },
  }
}
