const AT_ONCE = 1000

/** Groups the results of a query while they are streamed: there may be millions. */
export async function* inGroups<One>(found: AsyncIterable<One>): AsyncGenerator<One[]> {
  let group: One[] = []
  for await (const one of found) {
    group.push(one)
    if (group.length < AT_ONCE) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
