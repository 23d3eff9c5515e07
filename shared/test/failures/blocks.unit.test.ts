import { test } from 'tap'
import { openBlocks } from '../../src/failures/blocks.ts'
import { DaybookError } from '../../src/failures/errors.ts'
import { stopTime } from '../support/index.ts'

test('a mark expires when its part does not renew it', async t => {
  const time = stopTime(t)
  const blocks = openBlocks()
  const error = new DaybookError('DAYBOOK_NOT_AUTHORIZED', 'no right')
  blocks.set('tried again', error)
  blocks.set('given up', error)
  await time.pass(60_000)
  blocks.set('tried again', error)
  t.equal(blocks.list().size, 2)
  await time.pass(60_000)
  t.strictSame([...blocks.list()], [['tried again', error]])
})
