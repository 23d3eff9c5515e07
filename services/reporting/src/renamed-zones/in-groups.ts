const GROUP_SIZE = 1000

/** A cursor of Mongoose. */
interface Cursor<One> extends AsyncIterable<One> {
  close: () => Promise<void>
}

/** Streams the results of a query in groups, because there may be millions of results. Closes the cursor at the end. */
export async function* inGroups<One>(found: Cursor<One>): AsyncGenerator<One[]> {
  let group: One[] = []
  try {
    for await (const one of found) {
      group.push(one)
      if (group.length < GROUP_SIZE) continue
      yield group
      group = []
    }
    if (group.length > 0) yield group
  } finally {
    // A reader that stops early does not close a cursor of Mongoose, and MongoDB would keep it open for ten minutes.
    await found.close()
  }
}
