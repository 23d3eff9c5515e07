/** A cursor of Mongoose. */
interface Cursor<One> extends AsyncIterable<One> {
  close: () => Promise<void>
}

/**
 * Streams the results of a query, and closes the cursor at the end. Use it in place of the cursor: a reader that stops early
 * does not close a cursor of Mongoose, and MongoDB would keep it open for ten minutes.
 */
export async function* streamOf<One>(cursor: Cursor<One>): AsyncGenerator<One> {
  try {
    yield* cursor
  } finally {
    await cursor.close()
  }
}
