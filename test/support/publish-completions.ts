import { randomUUID } from 'node:crypto'
import { keyOf, type TaskEventOf, toMessage, topics } from '@daybook/shared/events'
import { waitOut } from '@daybook/shared/failures/outage'
import { connectKafka, type OutgoingMessage } from '@daybook/shared/kafka'
import { type Stack, silent } from '@daybook/shared/testing'
import type { Test } from 'tap'

const BATCH = 1000

/**
 * Makes the function that publishes completions of a day on daybook.tasks, one of each user in turn. Every tenth message comes a
 * second time, behind the messages of its batch. In an outage of Kafka it waits.
 */
export async function publishCompletions(
  t: Test,
  { brokers, prefix }: Stack,
  { day, users }: { day: string; users: number },
): Promise<(count: number) => Promise<void>> {
  const onCrash = (error: Error) => t.fail(error.message)
  const port = { brokers, prefix, service: 'test', topics: [topics.tasks], log: silent, onCrash }
  const kafka = await connectKafka(port)
  t.teardown(() => kafka.close())
  let sent = 0
  return async count => {
    for (const end = sent + count; sent < end; ) {
      const events = Array.from({ length: Math.min(BATCH, end - sent) }, (_, i) =>
        completion(sent + i, day, users),
      )
      sent += events.length
      const messages = events.map((event): OutgoingMessage => toMessage(event, keyOf.tasks(event)))
      const again = messages.filter((_, i) => i % 10 === 0)
      await waitOut('publishing', () => kafka.publish(topics.tasks.name, [...messages, ...again]), {
        log: silent,
      })
    }
  }
}

function completion(place: number, day: string, users: number): TaskEventOf<'TaskCompleted'> {
  const taskId = randomUUID()
  const userId = `user-${place % users}`
  const completedAt = new Date(Date.parse(day) + place).toISOString()
  const what = { name: `task ${place}`, notes: null, dueOn: null, tags: [], timeZone: 'UTC' }
  return {
    id: `${taskId}:2`,
    type: 'TaskCompleted',
    source: '/daybook/tasks',
    subject: taskId,
    time: completedAt,
    data: { taskId, userId, sequence: 2, ...what, completedAt, day },
  }
}
