import { stopTime } from '@daybook/shared/testing'
import t from 'tap'
import { sharedReads } from '../../src/http/shared-reads.ts'

t.test('all who ask for the same within some time share a read', async t => {
  const time = stopTime(t)
  const shared = sharedReads<string>(400)
  const reads: string[] = []
  const ask = (key: string) =>
    shared(key, async () => {
      reads.push(key)
      if (key === 'failing') throw new Error('away')
      return `${key} ${reads.length}`
    })
  t.strictSame(await Promise.all([ask('a'), ask('a'), ask('b')]), ['a 1', 'a 1', 'b 2'])
  await time.pass(399)
  t.equal(await ask('a'), 'a 1')
  await time.pass(1)
  t.equal(await ask('a'), 'a 3')
  for (const one of [ask('failing'), ask('failing')]) await t.rejects(one, { message: 'away' })
  await time.pass(400)
  await t.rejects(ask('failing'), { message: 'away' })
  t.strictSame(reads, ['a', 'b', 'a', 'failing', 'failing'])
})
