import type { Reporting } from '@daybook/client'

/** Dead letters of the three services. All serve the same routes, and differ only in the topics that they read. */

export const services = ['tasks', 'reporting', 'scheduler'] as const
export type Service = (typeof services)[number]

type Schemas = Reporting.components['schemas']
export type ListedLetter = Schemas['ListedDeadLetter']
export type Letter = Schemas['DeadLetter']
export type LetterGroup = Schemas['DeadLetterGroup']
export type LetterGroups = Schemas['DeadLetterGroups']
export type LetterPage = Schemas['DeadLetterPage']
export type Replayed = Schemas['ReplayedDeadLetter']
export type ReplayedMany = Schemas['ReplayedDeadLetters']
export type DeletedMany = Schemas['DeletedDeadLetters']

/** Which letters: those that meet all conditions. */
export interface LetterFilter {
  topic?: string
  group?: string
  key?: string
  error?: string
  /** The letters of one group: its error. It can be empty. */
  errorGroup?: string
  text?: string
  from?: string
  before?: string
}
