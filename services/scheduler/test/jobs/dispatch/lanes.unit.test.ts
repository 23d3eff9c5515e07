import type { Topic } from '@daybook/shared/kafka'
import { test } from 'tap'
import { openLanes } from '../../../src/jobs/dispatch/lanes.ts'

test('a lane that is named twice is created once, and not again', async t => {
  const created: string[][] = []
  const kafka = {
    createTopics: async (topics: Topic[]) => void created.push(topics.map(({ name }) => name)),
    countPartitions: async () => 2,
  }
  const lanes = openLanes(kafka, 24)
  await lanes.open(['mail', 'mail', 'video'])
  await lanes.open(['video', 'mail'])
  t.strictSame(created, [['daybook.lane.mail', 'daybook.lane.video']])
  t.strictSame(lanes.existing('mail', [0, 1, 2]), [0, 1], 'a partition that does not exist is left out')
})
