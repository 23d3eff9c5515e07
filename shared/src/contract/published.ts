import type { TObject } from 'typebox'
import {
  clockEvents,
  controlEvents,
  type Envelope,
  jobEvents,
  jobTopics,
  laneEvents,
  laneTopic,
  reportEvents,
  requestEvents,
  resultEvents,
  taskEvents,
  taskStates,
  topics,
  userEvents,
} from '../events/index.ts'
import type { Topic } from '../kafka/topic.ts'
import * as examples from './examples.ts'
import * as jobExamples from './job-examples.ts'

/** A topic that other teams or workers use. */
export interface PublishedTopic {
  topic: Topic
  /** The name of the channel in the AsyncAPI document. */
  channel: string
  description: string
  /** What the record key is. */
  key: string
  /** `send`: Daybook writes the topic. `receive`: others write it, and Daybook reads it. */
  action: 'send' | 'receive'
  /** The schemas of the events by their types. */
  events: Record<string, TObject>
  /** An example of each event. */
  examples: Record<string, Envelope>
}

/** The topics that other teams read. */
export const forOtherTeams: PublishedTopic[] = [
  {
    topic: topics.tasks,
    channel: 'tasks',
    description: 'All changes of every task, and whose text was erased',
    key: 'The id of the user',
    action: 'send',
    events: { ...taskEvents, ...userEvents },
    examples: { ...examples.taskExamples, ...examples.userExamples },
  },
  {
    topic: topics.taskStates,
    channel: 'taskStates',
    description: 'The current state of each task. A record without a value says that the task is deleted',
    key: 'The id of the task',
    action: 'send',
    events: taskStates,
    examples: examples.stateExamples,
  },
  {
    topic: topics.clock,
    channel: 'clock',
    description: "Ends of days, firings of operators' schedules, and how far tasks has published",
    key: 'The name of the schedule; of TasksPublished: daybook.tasks',
    action: 'send',
    events: clockEvents,
    examples: examples.clockExamples,
  },
  {
    topic: topics.reports,
    channel: 'reports',
    description: 'Which days have log files, and which logs changed later',
    key: 'The day',
    action: 'send',
    events: reportEvents,
    examples: examples.reportExamples,
  },
  {
    topic: jobTopics.finished,
    channel: 'jobs',
    description: 'Jobs and groups of jobs that ended',
    key: 'The id of the job or of the group',
    action: 'send',
    events: jobEvents,
    examples: jobExamples.jobExamples,
  },
]

/** The topics of those who request jobs or run them. */
export const forWorkers: PublishedTopic[] = [
  {
    topic: jobTopics.requests,
    channel: 'jobRequests',
    description: 'Jobs that other systems request',
    key: 'The id of the job or of the group',
    action: 'receive',
    events: requestEvents,
    examples: jobExamples.requestExamples,
  },
  {
    topic: laneTopic('<lane>', 1),
    channel: 'lane',
    description: 'Attempts of jobs for the workers of a lane. The number of partitions follows its workers',
    key: 'The id of the job',
    action: 'send',
    events: laneEvents,
    examples: jobExamples.laneExamples,
  },
  {
    topic: jobTopics.results,
    channel: 'jobResults',
    description: 'What workers report',
    key: 'The id of the worker; of LeaseProbe: of the scheduler',
    action: 'receive',
    events: resultEvents,
    examples: jobExamples.resultExamples,
  },
  {
    topic: jobTopics.control,
    channel: 'jobControl',
    description: 'What all workers read',
    key: 'The id of the job or of the worker',
    action: 'send',
    events: controlEvents,
    examples: jobExamples.controlExamples,
  },
]
