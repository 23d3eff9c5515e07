export {
  type ClockEvent,
  clockEvents,
  type EndOfDay,
  endOfDayEvent,
  type ScheduleFired,
  scheduleFiredEvent,
  type TasksPublished,
  tasksPublishedEvent,
} from './clock-events.ts'
export { type EventMessage, eventIdOf, toMessage } from './cloud-event.ts'
export { type Envelope, traced, traceOf } from './envelope.ts'
export * from './fields.ts'
export * from './job-events.ts'
export * from './job-fields.ts'
export * from './job-request.ts'
export { eventReader, type Reading } from './read.ts'
export { type DayAmended, type DayReported, type ReportEvent, reportEvents } from './report-events.ts'
export {
  type TaskEvent,
  type TaskEventOf,
  type TaskEventType,
  type TaskState,
  taskEvents,
  taskStateEvent,
  taskStates,
  type UserErased,
  userErasedEvent,
  userEvents,
} from './task-events.ts'
export { clockReaders, jobTopics, keyOf, laneTopic, topics } from './topics.ts'
export { currentVersion, earlierVersions, schemaId, schemasOfVersions, upcast } from './versions.ts'
