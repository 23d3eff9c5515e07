import { Registry } from 'prom-client'
import { test } from 'tap'
import { openBlocks } from '../../src/failures/blocks.ts'
import { DaybookError } from '../../src/failures/errors.ts'
import { blockedGauge } from '../../src/process/blocked-gauge.ts'

test('the gauge is 1 for each blocked part, with the code of its error, until the block ends', async t => {
  const [registry, blocks] = [new Registry(), openBlocks()]
  blockedGauge(registry, blocks)
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
