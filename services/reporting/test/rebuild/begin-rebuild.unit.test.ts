import type { Offsets } from '@daybook/shared/kafka'
import { silent } from '@daybook/shared/testing'
import t from 'tap'
import { beginRebuild } from '../../src/rebuild/begin-rebuild.ts'
import type { RebuildPorts } from '../../src/rebuild/rebuild-ports.ts'

/** The ports of a stack where nothing is rebuilt. `begin` has the positions of a group that has read nothing. */
const portsOf = (begin: Offsets, begun: unknown) =>
  ({
    generations: { read: async () => ({ generation: 0 }), begin: async () => begun },
    documents: { removeThrough: async () => undefined },
    differences: { clear: async () => undefined },
    kafka: { committedOffsets: async () => begin },
    owner: 'me',
    log: silent,
    signal: new AbortController().signal,
  }) as unknown as RebuildPorts

t.test('a log whose first events are deleted is refused, and its partitions are named', async t => {
  const deleted = new Map([
    [2, 5n],
    [4, 1200n],
  ])
  await t.rejects(beginRebuild('swap', portsOf(deleted, {})), {
    code: 'DAYBOOK_REBUILD_REFUSED',
    message: /daybook\.tasks\/2 begins at offset 5, daybook\.tasks\/4 begins at offset 1200\. Restore/,
  })
})

t.test('of two that begin at the same time one is refused', async t => {
  t.match(await beginRebuild('keep', portsOf(new Map(), { generation: 1 })), { generation: 1 })
  await t.rejects(beginRebuild('keep', portsOf(new Map(), undefined)), {
    code: 'DAYBOOK_REBUILD_REFUSED',
    message: 'Another rebuild is under way',
  })
})
