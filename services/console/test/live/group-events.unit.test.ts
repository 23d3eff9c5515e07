import '../browser.ts'
import { stopTime } from '@daybook/shared/testing'
import t from 'tap'
import { groupEvents } from '../../src/live/group-events.ts'

/** Groups of events, and how often they have grown. */
function makeGroups() {
  const made = { grown: 0, isHidden: false }
  const groups = groupEvents(
    () => {
      made.grown += 1
    },
    () => made.isHidden,
  )
  return { made, groups }
}

t.test('a hundred events lead to two readings, and those that come meanwhile to two more', async t => {
  const time = stopTime(t)
  const { made, groups } = makeGroups()
  for (let i = 0; i < 100; i += 1) groups.note()
  await time.pass(399)
  t.equal(made.grown, 0)
  await time.pass(1)
  t.equal(made.grown, 1)
  for (let i = 0; i < 100; i += 1) groups.note()
  await time.pass(2600)
  t.equal(made.grown, 2)
  await time.pass(3000)
  t.equal(made.grown, 4)
  await time.pass(60_000)
  t.equal(made.grown, 4)
})

t.test('events that come while the page is hidden count when it is shown', async t => {
  const time = stopTime(t)
  const { made, groups } = makeGroups()
  made.isHidden = true
  for (let i = 0; i < 100; i += 1) groups.note()
  await time.pass(60_000)
  t.equal(made.grown, 0)
  made.isHidden = false
  groups.show()
  await time.pass(60_000)
  t.equal(made.grown, 2)
  groups.show()
  await time.pass(60_000)
  t.equal(made.grown, 2)
})

t.test('nothing grows after the end', async t => {
  const time = stopTime(t)
  const { made, groups } = makeGroups()
  groups.note()
  groups.stop()
  await time.pass(60_000)
  t.equal(made.grown, 0)
})
