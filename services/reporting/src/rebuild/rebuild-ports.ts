import type { KafkaPort } from '@daybook/shared/kafka'
import type { Logger } from 'pino'
import { collectionOf, LIVE } from '../projection/completion-model.ts'
import { type Completions, openCompletions } from '../projection/completion-store.ts'
import { type Generations, openGenerations } from '../projection/generation-store.ts'
import type { Amend } from '../projection/projector.ts'
import { type Differences, openDifferences } from './difference-store.ts'
import { type AllDocuments, openDocuments } from './document-store.ts'

/** The collections of rebuilds. */
export interface RebuildStores {
  generations: Generations
  documents: AllDocuments
  differences: Differences
  /** Opens the documents of a generation that is built, or the live ones. */
  completionsOf: (generation: number | 'live') => Promise<Completions>
}

/** What works on a rebuild. */
export interface RebuildPorts extends RebuildStores {
  kafka: KafkaPort
  /** Amends days after the documents became live. */
  amend: Amend
  /** Names this process. */
  owner: string
  /** Is told how far the work is. */
  report: (line: string) => void
  log: Logger
  /** Says that the work is to end. */
  signal: AbortSignal
}

export const openRebuilds = (connection: Parameters<typeof openCompletions>[0]): RebuildStores => ({
  generations: openGenerations(connection),
  documents: openDocuments(connection),
  differences: openDifferences(connection),
  completionsOf: generation =>
    openCompletions(connection, generation === 'live' ? LIVE : collectionOf(generation)),
})
