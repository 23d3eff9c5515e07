import type { QueryFilter } from 'mongoose'
import type { Job } from '../stored/job.ts'
import type { JobModel } from '../stored/job-model.ts'
import type { JobFilter } from './job-filter.ts'
import { type Source, sourcesOf } from './job-sources-store.ts'
import { mergeParts, type Page, type Part } from './merge-parts.ts'

/** The most jobs that one page examines in an index. With it, a page takes some ten milliseconds at most. */
const MAX_EXAMINED = 5000

// So many jobs of an unordered index are read and sorted without a look at the newest ones, and so many of these are looked at.
const [FEW, NEWEST] = [200, 500]

/** Reads lists of jobs, newest ids first: a job never changes its place. */
export interface JobList {
  /**
   * Reads a page: at most `limit` jobs. A page can have fewer jobs, also none, while `after` says that the list continues:
   * when few of the jobs that it examined meet the filter.
   * @param after the id after which the page begins
   * @param fields which fields of the jobs to read
   */
  page: <Field extends keyof Job>(
    filter: JobFilter,
    options: { after?: string | undefined; limit: number; fields: readonly Field[] },
  ) => Promise<Page<Pick<Job, Field | '_id'>>>
}

/** Opens the lists. @param maxExamined the most jobs that one page examines in an index */
export function openJobList(jobs: JobModel, maxExamined = MAX_EXAMINED): JobList {
  /**
   * Reads from an unordered index when it has few jobs. The jobs that wait, and those of a trace, are often the newest ones: so these
   * are looked at before thousands are read and sorted.
   */
  async function readUnordered<Field extends keyof Job>(
    { whenMany, ...source }: Required<Pick<Source, 'whenMany'>> & Source,
    options: ReadOptions<Field>,
  ): Promise<Part<Pick<Job, Field | '_id'>>> {
    if (!(await hasMore(source, Math.min(FEW, maxExamined)))) return read(source, options)
    const newest = await read(whenMany, { ...options, most: Math.min(NEWEST, maxExamined) })
    if (newest.rows.length > options.limit) return newest
    return read((await hasMore(source, maxExamined)) ? whenMany : source, options)
  }

  const hasMore = async ({ prefix, index }: Source, than: number): Promise<boolean> =>
    (await jobs
      .countDocuments(prefix)
      .hint(index)
      .limit(than + 1)) > than

  /** The id of the last job that this page examines in an index; undefined without a limit, or when the index ends before it. */
  async function boundary(
    source: Source,
    range: QueryFilter<Job>,
    most: number,
  ): Promise<string | undefined> {
    const { index, prefix, filter, unordered } = source
    const meetsAll = Object.keys(filter).length === Object.keys(prefix).length
    if (unordered || meetsAll) return undefined
    const ids = jobs
      .find({ ...prefix, ...range }, { _id: 1 })
      .sort({ _id: -1 })
      .hint(index)
    const [last] = await ids
      .skip(most - 1)
      .limit(1)
      .lean<Pick<Job, '_id'>[]>()
    return last?._id
  }

  async function read<Field extends keyof Job>(
    source: Source,
    { after, limit, fields, most = maxExamined }: ReadOptions<Field>,
  ): Promise<Part<Pick<Job, Field | '_id'>>> {
    const range = idRange(source.idPrefix, after)
    const end = await boundary(source, asCondition(range), most)
    const ids = end === undefined ? range : { ...range, $gte: end }
    const found = jobs
      .find({ ...source.filter, ...asCondition(ids) }, Object.fromEntries(fields.map(field => [field, 1])))
      .sort({ _id: -1 })
      .limit(limit + 1)
      .hint(source.index)
    const rows = await found.lean<Pick<Job, Field | '_id'>[]>()
    return { rows, examinedTo: rows.length > limit ? rows.at(-1)?._id : end }
  }

  return {
    async page(filter, options) {
      const parts = sourcesOf(filter).map(({ whenMany, ...source }) =>
        whenMany === undefined ? read(source, options) : readUnordered({ whenMany, ...source }, options),
      )
      return mergeParts(await Promise.all(parts), options.limit)
    },
  }
}

interface ReadOptions<Field extends keyof Job> {
  after?: string | undefined
  limit: number
  fields: readonly Field[]
  /** The most jobs that are examined. */
  most?: number
}

interface IdRange {
  $gte?: string
  $lt?: string
}

/** The ids that begin with a text and come after an id in the list, which is below it. */
function idRange(prefix: string | undefined, after: string | undefined): IdRange {
  // Ids are ASCII, so this is above all ids with the prefix.
  const top = prefix === undefined ? undefined : `${prefix}\uffff`
  const below = top === undefined || (after !== undefined && after < top) ? after : top
  return { ...(prefix === undefined ? {} : { $gte: prefix }), ...(below === undefined ? {} : { $lt: below }) }
}

const asCondition = (range: IdRange): QueryFilter<Job> =>
  Object.keys(range).length === 0 ? {} : { _id: range }
