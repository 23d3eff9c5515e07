import mongoose, { type QueryFilter } from 'mongoose'
import { containing } from '../mongo/containing.ts'
import type { DeadLetter } from './dead-letter-model.ts'
import { letterId } from './dead-letter-store.ts'
import { checkOf, type LetterCheck } from './letter-text.ts'

/** Which letters a list or a command is about: those that meet all conditions. */
export interface LetterFilter {
  /** The topics by the groups that read them. */
  groups: ReadonlyMap<string, string>
  /** A group may have letters of a topic that it does not read any more. */
  topic?: string | undefined
  key?: string | undefined
  partition?: number | undefined
  offset?: bigint | undefined
  /** The message of the error contains this text, in upper or lower case. */
  error?: string | undefined
  /** What `normalisedError` makes of the message of the error is this. */
  errorGroup?: string | undefined
  /** The error, the key, a header or the value contains this text, see `checkOf`. */
  text?: string | undefined
  /** Parked at this instant or later. */
  from?: Date | undefined
  /** Parked before this instant. */
  before?: Date | undefined
}

/** The place of a letter in a list. A letter never changes its place. */
export interface LetterPlace {
  parkedAt: Date
  id: string
}

/** The order of a list by the time of parking. */
export type LetterOrder = 'newest first' | 'oldest first'

/** Conditions on letters. */
export type Filter = QueryFilter<DeadLetter>

/** An index that finds the letters of a filter, what it answers, and what is checked on what it yields: by MongoDB, and in this process. */
export interface Source {
  index: string
  prefix: Filter
  others: Filter
  check: LetterCheck | undefined
}

/** Chooses the index for a filter. */
export function sourceOf({
  groups,
  topic,
  key,
  partition,
  offset,
  error,
  errorGroup,
  text,
  from,
  before,
}: LetterFilter): Source {
  const others: Filter = {
    ...(topic === undefined ? {} : { topic }),
    ...(partition === undefined ? {} : { partition }),
    ...(offset === undefined ? {} : { offset: String(offset) }),
    ...(error === undefined ? {} : { 'error.message': containing(error) }),
  }
  const check = checkOf({ text, errorGroup })
  const group = { $in: [...groups.keys()] }
  const time = {
    ...(from === undefined ? {} : { $gte: from }),
    ...(before === undefined ? {} : { $lt: before }),
  }
  const parkedAt: Filter = Object.keys(time).length === 0 ? {} : { parkedAt: time }
  const keys = key === undefined ? {} : { key: { $in: storedKeys(key) } }
  if (partition !== undefined && offset !== undefined) {
    const ids = [...groups].map(([one, read]) =>
      letterId({ group: one, topic: topic ?? read, partition }, offset),
    )
    return {
      index: '_id_',
      prefix: { _id: { $in: ids } },
      others: { ...others, ...keys, ...parkedAt },
      check,
    }
  }
  if (key === undefined) return { index: 'newest', prefix: { group, ...parkedAt }, others, check }
  return { index: 'key', prefix: { ...keys, ...parkedAt }, others: { group, ...others }, check }
}

/** A key as letters hold it; letters of earlier versions have a text. */
const storedKeys = (key: string) => [new mongoose.mongo.Binary(Buffer.from(key)), key]

/** The sorts of the orders. */
export const sorts = {
  'newest first': { parkedAt: -1, _id: -1 },
  'oldest first': { parkedAt: 1, _id: 1 },
} as const

/** The letters that come after a place. */
export function beyond(order: LetterOrder, place: LetterPlace | undefined): Filter {
  if (place === undefined) return {}
  const { parkedAt, id } = place
  return order === 'newest first'
    ? { parkedAt: { $lte: parkedAt }, $nor: [{ parkedAt, _id: { $gte: id } }] }
    : { parkedAt: { $gte: parkedAt }, $nor: [{ parkedAt, _id: { $lte: id } }] }
}

/** The letters down to a place, with the letter at this place. */
export function upTo(order: LetterOrder, place: LetterPlace | undefined): Filter {
  if (place === undefined) return {}
  const { parkedAt, id } = place
  return order === 'newest first'
    ? { parkedAt: { $gte: parkedAt }, $nor: [{ parkedAt, _id: { $lt: id } }] }
    : { parkedAt: { $lte: parkedAt }, $nor: [{ parkedAt, _id: { $gt: id } }] }
}

/** The letters that meet all of some conditions. */
export const allOf = (...filters: Filter[]): Filter => ({
  $and: filters.filter(filter => Object.keys(filter).length > 0),
})
