import { topics } from '@daybook/shared/events'
import t from 'tap'
import { projectionGroup, rebuildGroup } from '../../src/groups.ts'
import { projectionPosition } from '../../src/projection/position.ts'

const asked: string[] = []
const passed = new Map([
  [
    projectionGroup,
    new Map([
      [0, 10n],
      [1, 20n],
      [2, 5n],
    ]),
  ],
  [
    rebuildGroup(3),
    new Map([
      [0, 12n],
      [1, 15n],
    ]),
  ],
])

const position = (generation: number | undefined) =>
  projectionPosition(
    {
      async committedOffsets(group, topic) {
        t.equal(topic, topics.tasks.name)
        asked.push(group)
        return passed.get(group) ?? new Map()
      },
    },
    {
      async joining() {
        asked.push('joining')
        return generation
      },
    },
  )()

t.test('the projection has passed what its group has committed, which is asked first', async t => {
  t.strictSame(await position(undefined), passed.get(projectionGroup))
  t.strictSame(asked, [projectionGroup, 'joining'])
})

t.test('while a rebuild joins, both must have passed an offset', async t => {
  t.strictSame(
    await position(3),
    new Map([
      [0, 10n],
      [1, 15n],
    ]),
  )
  t.strictSame(await position(4), new Map(), 'a rebuild that has passed nothing')
})
