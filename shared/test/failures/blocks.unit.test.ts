import { Registry } from 'prom-client'
import { test } from 'tap'
import { blockedGauge, openBlocks } from '../../src/failures/blocks.ts'
import { DaybookError } from '../../src/failures/errors.ts'
import { stopTime } from '../support/index.ts'

test('the gauge shows each part that is blocked, with its code, for as long as it is', async t => {
  const [registry, blocks] = [new Registry(), openBlocks()]
  blockedGauge(registry, 'daybook_blocked', blocks)
  const shown = async () => (await registry.metrics()).split('\n').filter(line => line.startsWith('daybook'))
  t.strictSame(await shown(), [])
  blocks.set('a', new DaybookError('DAYBOOK_DEAD_LETTER_NOT_STORED', 'no room'))
  blocks.set('b', new DaybookError('DAYBOOK_INTERNAL', 'another'))
  t.strictSame(await shown(), [
    'daybook_blocked{part="a",code="DAYBOOK_DEAD_LETTER_NOT_STORED"} 1',
    'daybook_blocked{part="b",code="DAYBOOK_INTERNAL"} 1',
  ])
  blocks.set('a', undefined)
  blocks.set('c', undefined)
  t.strictSame(await shown(), ['daybook_blocked{part="b",code="DAYBOOK_INTERNAL"} 1'])
})

test('a part that does not note its block again counts as blocked no more', async t => {
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
