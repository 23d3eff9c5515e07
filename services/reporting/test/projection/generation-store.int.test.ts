import type { Rebuild } from '@daybook/shared/rebuild/rebuild'
import { makeStack } from '@daybook/shared/testing'
import t from 'tap'
import type { Projection, RebuildPhase } from '../../src/projection/generation-model.ts'
import { openGenerations } from '../../src/projection/generation-store.ts'

t.test('one rebuild at a time, by one process at a time', async t => {
  const { db } = await makeStack(t)
  const generations = openGenerations(db)
  t.strictSame(await generations.read(), { generation: 0 })
  t.equal(await generations.joining(), undefined)

  const begun = await Promise.all(['a', 'b'].map(generations.begin))
  const [first] = begun.filter(one => one !== undefined) as [Rebuild<RebuildPhase>]
  t.equal(begun.filter(one => one === undefined).length, 1, 'of two that begin at the same time one does')
  t.match(first, { generation: 1, phase: 'building' })
  t.equal(await generations.begin('c'), undefined)

  t.ok(await generations.renew(first))
  t.equal(await generations.takeOver(first, 'c'), undefined, 'it was renewed since it was read')
  const { rebuild: renewed } = await generations.read()
  const taken = await generations.takeOver(renewed as Rebuild<RebuildPhase>, 'c')
  t.match(taken, { generation: 1, phase: 'building', owner: 'c' })
  t.notOk(await generations.renew(first), 'the first owner does not have it any more')
  t.equal(await generations.advance(first, 'joining'), undefined)
  t.notOk(await generations.end(first))

  let rebuild = taken as Rebuild<RebuildPhase>
  for (const [phase, joining, generation] of [
    ['built', undefined, 0],
    ['joining', 1, 0],
    ['swapping', 1, 0],
    ['amending', undefined, 1],
  ] as const) {
    rebuild = (await generations.advance(rebuild, phase)) as Rebuild<RebuildPhase>
    t.equal(await generations.joining(), joining, phase)
    t.match(await generations.read(), { generation, rebuild: { phase, owner: 'c' } })
  }
  t.ok(await generations.end(rebuild))
  t.match(await generations.begin('d'), { generation: 2, phase: 'building' })
  const stored = await db.collection<Projection>('projections').find().toArray()
  t.match(stored, [{ _id: 'completions', generation: 1, last: 2 }])
})
