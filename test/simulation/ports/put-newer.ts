import type { Derived } from '@daybook/shared/mongo/put-newer'
import type { Collection } from './collection.ts'

/** `putNewer` in memory: inserts one document after the other, then replaces those that are older. */
export async function putNewer<Document extends Derived>(
  collection: Collection<Document>,
  documents: Document[],
): Promise<void> {
  const stored: Document[] = []
  for (const document of documents) if (!(await collection.insert(document))) stored.push(document)
  for (const document of stored)
    await collection.update(
      document._id,
      ({ version }) => version < document.version,
      () => document,
    )
}
