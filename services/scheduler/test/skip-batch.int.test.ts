import { type Envelope, jobTopics, toMessage } from '@daybook/shared/events'
import { connectKafka } from '@daybook/shared/kafka'
import { endAtBatch, makeStack, silent, skipsTheBatch, until } from '@daybook/shared/testing'
import t from 'tap'
import { requestsGroup } from '../src/jobs/requests/requests-consumer.ts'
import { few, startScheduler } from './support/scheduler.ts'

const request = (job: string) => {
  const about = { id: job, source: '/shop', subject: job, time: '2026-11-25T12:00:00.000Z' }
  return toMessage({ ...about, type: 'JobRequested', data: { job, kind: 'mail' } } as Envelope, 'order')
}

t.test(
  'a batch of requests that cannot be decoded ends the scheduler, and the command in its message skips the batch',
  async t => {
    const stack = await makeStack(t)
    const kafka = await connectKafka({
      ...stack,
      service: 'test',
      topics: [jobTopics.requests],
      log: silent,
      onCrash: error => t.fail(error.message),
    })
    t.teardown(() => kafka.close())
    const ended = await endAtBatch(t, {
      stack,
      kafka,
      service: 'scheduler',
      group: requestsGroup,
      topic: jobTopics.requests.name,
      around: [request('before'), request('behind')],
    })
    t.match(await ended.skip(command => command.replace('.requests', '.control')), {
      code: 1,
      output: 'usage: skip-batch --topic <daybook.jobs.results | daybook.jobs.requests>',
    })
    await skipsTheBatch(t, ended, stack)

    const scheduler = await startScheduler(t, stack, few)
    const stateOf = async (job: string) =>
      (await scheduler.operator<{ state: string }>(`/jobs/${job}`)).body.state
    await until('the request behind the batch is a job', async () => (await stateOf('behind')) === 'waiting')
    t.equal(await stateOf('before'), 'waiting')
  },
)
