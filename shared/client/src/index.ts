export {
  type ClientOptions,
  gatewayClient,
  reportingClient,
  schedulerClient,
  tasksClient,
} from './clients.ts'
export type * as Gateway from './generated/gateway.ts'
export type * as Reporting from './generated/reporting.ts'
export type * as Scheduler from './generated/scheduler.ts'
export type * as Tasks from './generated/tasks.ts'
export { dataOf, type ErrorCode, type Problem, RequestRefused } from './refused.ts'
