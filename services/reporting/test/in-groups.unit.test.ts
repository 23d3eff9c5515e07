import { streamOf } from '@daybook/shared/mongo/stream'
import { test } from 'tap'
import { inGroups } from '../src/in-groups.ts'

function numbers(count: number) {
  const stream = { closed: false }
  return Object.assign(stream, {
    async *[Symbol.asyncIterator]() {
      for (let number = 0; number < count; number += 1) yield number
    },
    async close() {
      stream.closed = true
    },
  })
}

test('a stream is read in groups of a thousand, and then closed', async t => {
  const stream = numbers(2500)
  const sizes = []
  for await (const group of inGroups(streamOf(stream))) sizes.push(group.length)
  t.strictSame(sizes, [1000, 1000, 500])
  t.ok(stream.closed)
})

test('the stream is closed when the reader of its groups fails', async t => {
  const stream = numbers(2500)
  async function read(): Promise<void> {
    for await (const group of inGroups(streamOf(stream))) throw new Error(`failed at ${group[0]}`)
  }
  await t.rejects(read(), { message: 'failed at 0' })
  t.ok(stream.closed)
})
