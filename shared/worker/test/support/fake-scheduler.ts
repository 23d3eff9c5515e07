import { randomUUID } from 'node:crypto'
import {
  type ControlEvents,
  type JobDue,
  jobTopics,
  laneTopic,
  type ResultEvents,
  toMessage,
} from '@daybook/shared/events'
import { connectKafka } from '@daybook/shared/kafka'
import {
  publishUndecodable,
  type SeenRecord,
  type Stack,
  silent,
  until,
  watchTopic,
} from '@daybook/shared/testing'
import type { Test } from 'tap'
import { dueOf } from './due.ts'

type Due = JobDue['data']

/** A scheduler that only publishes what a test tells it, and keeps what workers report. */
export interface FakeScheduler {
  /** What workers reported, in the order of their partition. */
  results: SeenRecord[]
  /** Publishes an attempt. Its partition is that of its key, unless one is given. */
  due: (job: string, fields?: Partial<Due>, partition?: number) => Promise<void>
  /** Publishes a batch that can't be decoded, to the partition of orders. */
  undecodable: (topic: string) => Promise<void>
  order: <Type extends keyof ControlEvents>(type: Type, data: ControlEvents[Type]['data']) => Promise<void>
  /** Returns the reports of one type, of one job if given. */
  reports: <Type extends keyof ResultEvents>(type: Type, job?: string) => ResultEvents[Type]['data'][]
  /** Waits for a report about a job. */
  report: <Type extends keyof ResultEvents>(
    type: Type,
    job: string,
    attempt?: number,
  ) => Promise<ResultEvents[Type]['data']>
  /** Waits for a beat of which something is true. */
  beat: (
    fact: string,
    isTrue: (beat: ResultEvents['WorkerBeat']['data']) => boolean,
  ) => Promise<ResultEvents['WorkerBeat']['data']>
}

export const LANE = 'mail'
/** The trace context of all attempts. */
export const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

/** Starts a fake scheduler: it creates the topics of jobs and that of the lane `mail`. */
export async function startFakeScheduler(t: Test, stack: Stack, partitions = 1): Promise<FakeScheduler> {
  const topics = [...Object.values(jobTopics), laneTopic(LANE, partitions)]
  const onCrash = (error: Error) => {
    throw error
  }
  const kafka = await connectKafka({ ...stack, service: 'fake', topics, log: silent, onCrash })
  t.teardown(() => kafka.close())
  const results = await watchTopic(t, stack, jobTopics.results.name)
  const publish = async (topic: string, type: string, data: object, key: string, partition?: number) => {
    const subject = key
    const event = {
      ...{ id: randomUUID(), type, source: '/fake', subject, time: new Date().toISOString(), data },
      ...(type === 'JobDue' ? { traceparent: TRACEPARENT } : {}),
    }
    await kafka.publish(topic, [
      { ...toMessage(event, key), ...(partition === undefined ? {} : { partition }) },
    ])
  }
  const reports: FakeScheduler['reports'] = (type, job) =>
    results
      .filter(({ headers, value }) => headers.ce_type === type && (job === undefined || value.job === job))
      .map(({ value }) => value as never)
  return {
    results,
    reports,
    due: (job, fields = {}, partition = undefined) =>
      publish(`daybook.lane.${LANE}`, 'JobDue', dueOf(job, fields), job, partition),
    undecodable: topic => publishUndecodable(kafka, topic, 'order'),
    order: (type, data) => publish(jobTopics.control.name, type, data, 'order'),
    report: (type, job, attempt = 1) =>
      until(`${type} of ${job}`, () =>
        reports(type, job).find(data => (data as { attempt: number }).attempt === attempt),
      ),
    beat: (fact, isTrue) => until(fact, () => reports('WorkerBeat').findLast(isTrue)),
  }
}
