import { waitOut } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'
import { type Difference, differencesOf } from './difference.ts'
import type { Documents } from './document-store.ts'

/** How often what differs is compared again: an event may change both while they are read. */
const ROUNDS = 3

interface Compared {
  live: Documents
  rebuilt: Documents
  /** Waits until both have everything that is published now. */
  settled: () => Promise<void>
  /** Takes the differences of the documents up to an id. May be repeated. */
  record: (differences: Difference[], through: string) => Promise<void>
  /** Is told how many documents were compared, with the id of the last one. */
  report: (documents: number, last: string) => void
  log: Logger
  signal: AbortSignal
}

/** Compares all live documents with rebuilt ones, by day. Both change meanwhile. */
export async function compareDocuments(compared: Compared): Promise<void> {
  const { record, report, log, signal } = compared
  let [after, count]: [string | undefined, number] = ['', 0]
  while (after !== undefined) {
    signal.throwIfAborted()
    const page = await waitOut('comparing documents', () => nextPage(after ?? '', compared), { log, signal })
    const found = await stillDiffering(page.differing, compared)
    await waitOut('storing differences', () => record(found, page.through), { log, signal })
    count += page.size
    report(count, page.through)
    after = page.isLast ? undefined : page.through
  }
}

/** What both have after an id, up to another id. */
async function nextPage(after: string, { live, rebuilt }: Compared) {
  const pages = await Promise.all([live.page(after), rebuilt.page(after)])
  // What follows the last document of a page that may have more is not known yet.
  const ends = pages.flatMap(page => (page.mayHaveMore ? (page.documents.at(-1)?._id ?? []) : []))
  const [end] = ends.sort()
  const [one, other] = pages.map(({ documents }) => new Map(documents.map(found => [found._id, found])))
  const all = new Set(pages.flatMap(({ documents }) => documents.map(({ _id }) => _id)))
  const ids = [...all].filter(id => end === undefined || id <= end).sort()
  const differing = ids.filter(id => differencesOf(one?.get(id), other?.get(id)).length > 0)
  return { differing, size: ids.length, through: ids.at(-1) ?? after, isLast: end === undefined }
}

async function stillDiffering(
  ids: string[],
  { live, rebuilt, settled, log, signal }: Compared,
): Promise<Difference[]> {
  let [left, found] = [ids, [] as Difference[]]
  for (let round = 0; round < ROUNDS && left.length > 0; round += 1) {
    await settled()
    const read = () => Promise.all([live.find(left), rebuilt.find(left)])
    const [one, other] = await waitOut('comparing documents', read, { log, signal })
    const compared = left.map(id => [id, differencesOf(one.get(id), other.get(id))] as const)
    left = compared.filter(([, differences]) => differences.length > 0).map(([id]) => id)
    found = compared.flatMap(([, differences]) => differences)
  }
  return found
}
