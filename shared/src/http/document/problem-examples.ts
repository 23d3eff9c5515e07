import type { AnsweredCode } from '../routes/problem.ts'

/** What an answer with each error may say in `detail`. */
export const exampleDetails: Record<AnsweredCode, string> = {
  DAYBOOK_ATTEMPT_TAKEN: 'Another worker runs attempt 1: drop it',
  DAYBOOK_AUTH_FORBIDDEN: 'Only a token with the scope admin may do this',
  DAYBOOK_AUTH_REQUIRED: 'Send a token: Authorization: Bearer <token>',
  DAYBOOK_AUTH_UNAVAILABLE: "The issuer's keys cannot be fetched",
  DAYBOOK_DAY_EMPTY: 'There is no log of 2026-11-22: no task was completed on this day',
  DAYBOOK_DAY_NOT_ENDABLE: 'The day 2026-11-23 has not begun in Europe/Berlin',
  DAYBOOK_DAY_NOT_OVER: 'These days are not over: 2026-11-22 in Europe/Berlin',
  DAYBOOK_DEAD_LETTER_BUSY: 'A replay has the dead letter now. Read it again before you delete it',
  DAYBOOK_DEAD_LETTER_NOT_FOUND:
    'There is no such dead letter: its message was handled, or it was deleted, or another service has it',
  DAYBOOK_ERASURE_NOT_FOUND: 'You have no erasure 019ab0c0-0000-7000-8000-000000000003',
  DAYBOOK_EVENTS_UNAVAILABLE: 'The events are not read from Kafka yet: try again',
  DAYBOOK_GROUP_CLOSED: 'The group images is closed: add the jobs to a new group',
  DAYBOOK_GROUP_NOT_FOUND: 'You have no group images, or its retention is over',
  DAYBOOK_IDEMPOTENCY_KEY_REUSED:
    'The Idempotency-Key stands for the creation of another task: send another key',
  DAYBOOK_INTERNAL: 'The log of the service has the cause, under this request',
  DAYBOOK_JOB_CONFLICT: 'Another job was requested under the id invoice-4711: choose another id',
  DAYBOOK_JOB_ENDED: 'Attempt 1 has ended',
  DAYBOOK_JOB_NOT_FOUND: 'You have no job invoice-4711, or its retention is over',
  DAYBOOK_KIND_CHANGED: 'The current version is 3. Read it again before you repeat the request',
  DAYBOOK_KIND_NOT_FOUND: 'Nobody has defined the kind send-invoice; its jobs run with the default rules',
  DAYBOOK_LIMIT_CHANGED: 'The current version is 3. Read it again before you repeat the request',
  DAYBOOK_LIMIT_IN_USE: 'Kinds use the limit: send-invoice',
  DAYBOOK_LIMIT_NOT_FOUND: 'There is no limit mail-server; GET /limits lists all',
  DAYBOOK_LOG_NOT_WRITTEN: 'There is no log of 2026-11-22: the day is not over',
  DAYBOOK_LOG_REMOVED:
    'The log files of 2024-11-22 were removed because of their age. The formats csv, ndjson and json still have its completions',
  DAYBOOK_METHOD_NOT_ALLOWED: 'This path has the methods GET, POST',
  DAYBOOK_REQUEST_INVALID: 'See errors: each points at what to change',
  DAYBOOK_RERUN_NOT_FOUND:
    'There is no rerun 019ab0c0-0000-7000-8000-000000000001. GET /reruns lists all of them',
  DAYBOOK_ROUTE_NOT_FOUND: 'There is no such path. /docs lists all paths',
  DAYBOOK_RUN_NOT_FOUND: 'There is no run 2026-11-22@Europe/Berlin: the day is not over in this time zone',
  DAYBOOK_RUN_PENDING:
    'There is no run 2026-11-22@Europe/Berlin: the day is over in this time zone, and its end was not received yet',
  DAYBOOK_SCHEDULE_BUILTIN:
    'end-of-day:Europe/Berlin follows the setting TIME_ZONES: change the setting, or end a day with POST /end-of-day',
  DAYBOOK_SCHEDULE_CHANGED: 'The current version is 3. Read it again before you repeat the request',
  DAYBOOK_SCHEDULE_NOT_FOUND: 'There is no schedule weekly-report; GET /schedules lists them',
  DAYBOOK_SCHEDULE_TOO_OFTEN: 'The schedule was fired 12 s ago; try again in 48 s',
  DAYBOOK_SEARCH_TOO_LONG:
    'There are too many tasks to search those of all users: name a user, or send other conditions',
  DAYBOOK_SERVICE_AWAY:
    'The service tasks does not answer now; the other services may. Nothing was done. Repeat the request after Retry-After',
  DAYBOOK_SIGN_IN_REFUSED: 'The code was used, or is older than 10 minutes: open a new link',
  DAYBOOK_STORE_UNAVAILABLE: 'The outcome is unknown. Read the state again before you retry',
  DAYBOOK_TASK_CHANGED: 'The task is at version 3. Read it again before you repeat the request',
  DAYBOOK_TASK_COMPLETED: 'The task is completed: reopen it before you edit it',
  DAYBOOK_TASK_NOT_FOUND: 'You have no task 019ab0c0-0000-7000-8000-000000000001',
  DAYBOOK_TOO_MANY_REQUESTS: 'You have sent too many requests; try again in 2 s',
  DAYBOOK_WORKER_NOT_FOUND: 'There is no worker 0190a3b2-7c4d-7e5f-8a6b-9c0d1e2f3a4b; GET /workers lists all',
}

/** Why a request is refused before its operation looks at it, by status. */
export const earlyRefusals: Record<number, { detail: string; onlyBodies?: boolean }> = {
  408: { detail: 'Send the whole request within 20 s' },
  413: { detail: 'Send no more than 262144 bytes', onlyBodies: true },
  415: {
    detail: 'Send JSON in UTF-8, not compressed, with the header Content-Type: application/json',
    onlyBodies: true,
  },
  431: { detail: 'The head of the request is too large' },
}
