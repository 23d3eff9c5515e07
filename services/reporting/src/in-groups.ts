const GROUP_SIZE = 1000

/** Streams the results of a query in groups, because there may be millions of results. */
export async function* inGroups<One>(found: AsyncIterable<One>): AsyncGenerator<One[]> {
  let group: One[] = []
  for await (const one of found) {
    group.push(one)
    if (group.length < GROUP_SIZE) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
