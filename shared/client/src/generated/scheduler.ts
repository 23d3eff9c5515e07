// Made by `npm run contract` from the OpenAPI document of the service. Do not edit.

export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: operations["isLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether everything that the service needs is available */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/end-of-day": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a day now
         * @description Ends today before its time, or an earlier day again. Tasks that are completed later amend the day. Today also ends at its own time.
         */
        post: operations["endDay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List schedules, by name or by what fires next */
        get: operations["listSchedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a schedule */
        get: operations["readSchedule"];
        /**
         * Create a schedule or change its definition
         * @description What fires next depends on what changes:
         *     - The same definition again changes nothing.
         *     - A change that affects no slot, such as another `data`, keeps the next slot.
         *     - A change of only `end` or `exclude` keeps slots that are already due, unless it removes them. `every` still counts from the same instant.
         *     - Any other change begins with the first slot after now. A past `at` fires at once, or is rejected if catch-up excludes it.
         *
         *     No slot up to the last slot that fired under this name fires again, also when the schedule was deleted in between.
         */
        put: operations["putSchedule"];
        post?: never;
        /**
         * Delete a schedule
         * @description Its audit is kept for `SCHEDULE_RETENTION_DAYS`. A new schedule with the same name continues the audit, the version numbers and the last slot; the latter two are kept forever.
         */
        delete: operations["deleteSchedule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{name}/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview when a schedule fires next
         * @description For a paused schedule: when it would fire if it was resumed now.
         */
        get: operations["previewSchedule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{name}/firings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the past firings of a schedule, newest first
         * @description Keeps the newest 50, also of a deleted schedule, until its changes are removed. Those of earlier versions of Daybook are not in it.
         */
        get: operations["listScheduleFirings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{name}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what operators did to a schedule, newest first
         * @description Keeps the newest 200 changes and the newest 50 firings by hand, also of a deleted schedule. They are removed `SCHEDULE_RETENTION_DAYS` after the schedule was deleted, or after the last change or firing of a schedule without further slots.
         */
        get: operations["listScheduleChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{name}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview a definition before it is stored, and what it would alter
         * @description Checks the definition as `PUT /schedules/{name}` does, except the data of its job, and stores nothing. `comes` and `goes` compare it with the stored schedule of the name, up to the end of the shorter list.
         */
        post: operations["previewDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a schedule
         * @description A paused schedule does not fire, and the slots of the pause are not fired later. Events that were fired before are still published.
         */
        post: operations["pauseSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{name}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a paused schedule
         * @description It fires next at its first slot from now on. An `at` that passed during the pause fires at once if `catchUp` and `catchUpWindow` allow it. A schedule that would never fire again is rejected with 400.
         */
        post: operations["resumeSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{name}/fire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fire a schedule now
         * @description Fires the schedule once, in addition to its slots. A schedule that is paused or has no slot left can be fired too.
         */
        post: operations["fireSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages that could not be handled, last parked first
         * @description Every letter that meets the query from the first page to the last is on exactly one page. A page with `topic`, `error` or `errorGroup`, or with only one of `partition` and `offset`, examines 2,000 letters at most. So it can have fewer letters than `limit`, also none, while `nextCursor` is set: read on until it is null. Keys of more than 1 KiB are not found if the message has more than 64 KiB.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Dead letters by consumer group, topic and error, the largest groups first
         * @description Counts the newest 1000 letters of the query.
         */
        get: operations["groupDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A message that could not be handled, with its content and the error */
        get: operations["readDeadLetter"];
        put?: never;
        post?: never;
        /** Delete a dead letter: its message will never be handled */
        delete: operations["deleteDeadLetter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Handle the message of a dead letter again
         * @description The message is handed to the handler of the consumer group that parked it, in the process that serves the request. It is not published again: other consumers of the topic do not see it, and messages behind it were handled before it. A message that fails again keeps its letter, with the new error. During an outage the answer is 503, and the letter stays as it was.
         */
        post: operations["replayDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Handle the messages of up to 1,000 dead letters of a filter again
         * @description As for a single letter, one after the other: oldest first, and the messages of a partition in the order of their offsets. After 20 seconds the remaining letters of the request are skipped (interrupted), and the next request begins with them. The message is handed to the handler of the consumer group that parked it, in the process that serves the request. It is not published again: other consumers of the topic do not see it, and messages behind it were handled before it. A message that fails again keeps its letter, with the new error. During an outage the answer is 503, and the letter stays as it was. A request whose answer was lost can be repeated.
         */
        post: operations["replayDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete all dead letters of a filter
         * @description Their messages will never be handled. One request deletes 10,000 letters at most, oldest first: repeat it with `nextCursor` as `cursor` until that is null. A request whose answer was lost can be repeated. Give `before` to leave alone what is parked after you looked.
         */
        post: operations["deleteDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is wrong now, and what to do
         * @description Computed from the store, so all processes of the service answer the same.
         */
        get: operations["listAlarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much work waits now, by reason
         * @description Computed from the store, so all processes of the service answer the same.
         */
        get: operations["countWaiting"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much was done in each minute of the last 24 hours, by all processes of the service
         * @description Processes write their counts every ten seconds, so the last minutes can grow. A process that is killed loses those of its last ten seconds.
         */
        get: operations["readRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kinds/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the rules of a kind
         * @description A kind that nobody has defined has the default rules, and the answer is 404.
         */
        get: operations["readKind"];
        /**
         * Define a kind or change its rules
         * @description The rules hold for attempts that are sent afterwards, on all schedulers within a second. `schema` is checked when a job is added; `lane`, `perKey` and `expires` hold for jobs that are added afterwards.
         */
        put: operations["putKind"];
        post?: never;
        /**
         * Delete the rules of a kind
         * @description Its jobs stay, and have the default rules from now on.
         */
        delete: operations["deleteKind"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List kinds by name */
        get: operations["listKinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/limits/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a shared limit */
        get: operations["readLimit"];
        /**
         * Define a limit that several kinds share, or change it
         * @description Kinds name it in their field `limits`. A limit that every kind names is a global one. The limit holds for attempts that are sent afterwards, on all schedulers within a second.
         */
        put: operations["putLimit"];
        post?: never;
        /**
         * Delete a shared limit
         * @description A limit that a kind names cannot be deleted: the answer is 409 and names the kinds.
         */
        delete: operations["deleteLimit"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List shared limits by name */
        get: operations["listLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the workers by name, those that have stopped last
         * @description Workers that have stopped or were lost stay in the list for a day. A worker that stops while you read the pages can be on two of them.
         */
        get: operations["listWorkers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workers/{id}/quiet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask a worker to take no more attempts
         * @description It finishes what it has. Its beats then say `quiet`.
         */
        post: operations["quietWorker"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workers/{id}/beat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a worker without Kafka is alive
         * @description Send it every 5 s while the worker runs anything: its attempts are lost 30 s after the last beat. The answer says what to end.
         */
        post: operations["beat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workers/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a worker without Kafka ends
         * @description What it has goes back at once, and costs nothing.
         */
        post: operations["stopWorker"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/attempts/{n}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start an attempt
         * @description Run the handler only after the answer 200: then no other worker runs the attempt. 409: another worker runs it. 410: it was cancelled, has expired or has ended. Asking again is no error.
         */
        post: operations["startAttempt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/attempts/{n}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say how far an attempt is
         * @description At most one a second is stored.
         */
        post: operations["reportProgress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/attempts/{n}/outcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say how an attempt ended
         * @description Saying the same again is no error. 410: the attempt has ended in another way.
         */
        post: operations["reportOutcome"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/lanes/{lane}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take jobs of a lane, for a worker without Kafka
         * @description The attempts are for this worker alone. It has 30 s to start each. With `wait`, the answer comes as soon as there is a job. A claim is a beat too.
         */
        post: operations["claimAttempts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your jobs, newest ids first; an operator sees those of everybody
         * @description Every job that meets the query from the first page to the last is on exactly one page, even when jobs change meanwhile. A page examines 5,000 jobs at most. So it can have fewer jobs than `limit`, also none, while `nextCursor` is set: read on until it is null. Lists have no data and no results.
         */
        get: operations["listJobs"];
        put?: never;
        /**
         * Add a job
         * @description The job is stored before the answer. 202: it is added, or a job that waits runs for this request too (`coalesce`). 200: it was added before under this `Idempotency-Key`, or it has ended within the time that `Prefer: wait=N` gave it.
         */
        post: operations["addJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A job: its state, its attempts, its progress and its result
         * @description For a job that waits it says why. The ETag changes whenever the job looks different, so a client can ask often with `If-None-Match`. With `Prefer: wait=N` the answer comes when the job has ended, or after N seconds.
         */
        get: operations["readJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job
         * @description A job that waits ends at once. If a worker has it, its handler is asked to end: it may still succeed or fail, and there is no further attempt.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a job again that failed, was cancelled or expired
         * @description The job is due at once. It keeps its id and its past attempts; failures and crashes count from 0 again. A group that has finished stays finished, and a continuation that was added is not added again.
         */
        post: operations["retryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel all jobs of a filter
         * @description Jobs that wait end at once. Workers are asked to end the jobs that they have. One request changes 10,000 jobs at most: repeat it with `nextCursor` as `cursor` until that is null. A request whose answer was lost can be repeated. An empty filter is refused.
         */
        post: operations["cancelJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run all jobs of a filter again that failed, were cancelled or expired
         * @description As for a single job. One request changes 10,000 jobs at most: repeat it with `nextCursor` as `cursor` until that is null. A request whose answer was lost can be repeated. An empty filter is refused.
         */
        post: operations["retryJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add up to 1,000 jobs as a group
         * @description The group and all its jobs are stored, or nothing is. When all jobs have ended and the group is closed, it finishes, and the job `then` is added.
         */
        post: operations["addGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{id}/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add up to 1,000 jobs to a group that is open */
        post: operations["addJobsToGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The groups that the handler of a job has made
         * @description At most 100, in the order of their ids. A group is shown as it was when it was read, for twenty times as long as that took.
         */
        get: operations["listGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A group: how many of its jobs are in which state, and some failures
         * @description Only its owner sees it.
         */
        get: operations["readGroup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close a group
         * @description No more jobs can be added. It finishes when all its jobs have ended. A group that is closed stays as it is.
         */
        post: operations["closeGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The jobs of a group with their results, in the order of their ids
         * @description A job never changes its place, so every job is on exactly one page, even when jobs end meanwhile. A page ends early when its results have 1 MiB: read on until `nextCursor` is null.
         */
        get: operations["readGroupResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Health: {
            status: "ok" | "not ready";
            /** @description The parts that are not ready, each with the reason */
            troubles: {
                [key: string]: string;
            };
            /** @description The version of Daybook that this process runs */
            version: string;
            /** @description The Kafka consumers of this process */
            consumers?: {
                group: string;
                topic: string;
                /** @description consuming, or why it does not consume */
                state: string;
                /** @description When Kafka said how far the group is; null before its first answer */
                measuredAt: string | null;
                /** @description The partitions of this process */
                partitions: {
                    partition: number;
                    /** @description The offset of the next record that the group handles */
                    position: string;
                    /** @description The number of records that follow */
                    lag: string;
                    /** @description For how long at least the next record has been there, when that was measured last */
                    behindSeconds?: number;
                }[];
                /** @description All partitions of the topic, also those that other processes of the group consume */
                groupPartitions: {
                    partition: number;
                    /** @description The offset of the next record that the group handles */
                    position: string;
                    /** @description The number of records that follow */
                    lag: string;
                    /** @description For how long at least the next record has been there, when that was measured last */
                    behindSeconds?: number;
                }[];
            }[];
        };
        DayToEnd: {
            /**
             * Format: date
             * @description The day to end, from 1970-01-01 to today in the time zone. The default is today; a local date, YYYY-MM-DD
             */
            day?: string;
            /**
             * Format: time-zone
             * @description The IANA time zone of the day. The default is the setting DEFAULT_TIME_ZONE
             */
            timeZone?: string;
        };
        EndedDay: {
            /** @description The id of the EndOfDay event, which is the same each time the day is ended */
            id: string;
            /**
             * Format: date
             * @description The day that ends; a local date, YYYY-MM-DD
             */
            day: string;
            /**
             * Format: time-zone
             * @description The time zone of the day; its current name in the IANA database
             */
            timeZone: string;
        };
        /** @description What went wrong (RFC 9457) */
        Problem: {
            /**
             * @description urn:daybook:error:<code>; docs/errors.md lists the codes
             * @enum {string}
             */
            type: "urn:daybook:error:DAYBOOK_ATTEMPT_TAKEN" | "urn:daybook:error:DAYBOOK_AUTH_FORBIDDEN" | "urn:daybook:error:DAYBOOK_AUTH_REQUIRED" | "urn:daybook:error:DAYBOOK_AUTH_UNAVAILABLE" | "urn:daybook:error:DAYBOOK_DAY_EMPTY" | "urn:daybook:error:DAYBOOK_DAY_NOT_ENDABLE" | "urn:daybook:error:DAYBOOK_DAY_NOT_OVER" | "urn:daybook:error:DAYBOOK_DEAD_LETTER_BUSY" | "urn:daybook:error:DAYBOOK_DEAD_LETTER_NOT_FOUND" | "urn:daybook:error:DAYBOOK_ERASURE_NOT_FOUND" | "urn:daybook:error:DAYBOOK_EVENTS_UNAVAILABLE" | "urn:daybook:error:DAYBOOK_GROUP_CLOSED" | "urn:daybook:error:DAYBOOK_GROUP_NOT_FOUND" | "urn:daybook:error:DAYBOOK_IDEMPOTENCY_KEY_REUSED" | "urn:daybook:error:DAYBOOK_JOB_CONFLICT" | "urn:daybook:error:DAYBOOK_JOB_ENDED" | "urn:daybook:error:DAYBOOK_JOB_NOT_FOUND" | "urn:daybook:error:DAYBOOK_KIND_CHANGED" | "urn:daybook:error:DAYBOOK_KIND_NOT_FOUND" | "urn:daybook:error:DAYBOOK_LIMIT_CHANGED" | "urn:daybook:error:DAYBOOK_LIMIT_IN_USE" | "urn:daybook:error:DAYBOOK_LIMIT_NOT_FOUND" | "urn:daybook:error:DAYBOOK_LOG_NOT_WRITTEN" | "urn:daybook:error:DAYBOOK_LOG_REMOVED" | "urn:daybook:error:DAYBOOK_METHOD_NOT_ALLOWED" | "urn:daybook:error:DAYBOOK_REQUEST_INVALID" | "urn:daybook:error:DAYBOOK_RERUN_NOT_FOUND" | "urn:daybook:error:DAYBOOK_ROUTE_NOT_FOUND" | "urn:daybook:error:DAYBOOK_RUN_NOT_FOUND" | "urn:daybook:error:DAYBOOK_RUN_PENDING" | "urn:daybook:error:DAYBOOK_SCHEDULE_BUILTIN" | "urn:daybook:error:DAYBOOK_SCHEDULE_CHANGED" | "urn:daybook:error:DAYBOOK_SCHEDULE_NOT_FOUND" | "urn:daybook:error:DAYBOOK_SCHEDULE_TOO_OFTEN" | "urn:daybook:error:DAYBOOK_SEARCH_TOO_LONG" | "urn:daybook:error:DAYBOOK_SERVICE_AWAY" | "urn:daybook:error:DAYBOOK_SIGN_IN_REFUSED" | "urn:daybook:error:DAYBOOK_STORE_UNAVAILABLE" | "urn:daybook:error:DAYBOOK_TASK_CHANGED" | "urn:daybook:error:DAYBOOK_TASK_COMPLETED" | "urn:daybook:error:DAYBOOK_TASK_NOT_FOUND" | "urn:daybook:error:DAYBOOK_TOO_MANY_REQUESTS" | "urn:daybook:error:DAYBOOK_WORKER_NOT_FOUND" | "urn:daybook:error:DAYBOOK_INTERNAL";
            title: string;
            status: number;
            /** @description What happened and what to do */
            detail: string;
            /** @description The path of the request; empty when it is unknown */
            instance: string;
            errors?: {
                /** @description JSON pointer (RFC 6901) to the faulty part of the request */
                pointer: string;
                detail: string;
            }[];
        };
        /** @description A job that each firing adds, besides its event. The id of the job is the id of the event, so no slot adds two jobs. Its owner is `schedule:<name>` */
        ScheduledJob: {
            /** @description The kind of job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
            kind: string;
            /** @description The input of the handler: any JSON of at most 64 KB; null if absent */
            data?: unknown;
            /**
             * Format: well-formed
             * @description What the job is about, for example a customer. A kind can limit how many jobs of one key run at once
             */
            key?: string;
            /**
             * @description 1 is the most urgent. A job that waits counts as one level more urgent every 5 minutes
             * @default 3
             */
            priority?: number;
        };
        /** @description The definition that an operator wrote, with defaults */
        ScheduleDefinition: {
            /**
             * Format: cron
             * @description The local times at which the schedule fires: `minute hour day-of-month month day-of-week`, separated by spaces. An optional second comes first.
             *     - A field is `*`, numbers (`1,5`), ranges (`1-5`, or `22-2`, which wraps) or steps (`*\/5`, `10-30/5`). Steps are counted anew in each hour, day or month. So a step that is larger than its field, such as `*\/90`, is rejected: use `every`.
             *     - Months and days of the week also have names: `jan`, `mon-fri`. Sunday is 0 or 7.
             *     - Day of month can be `L` (the last day), `L-3` (three days before the last day), `15W` (the workday nearest to the 15th, Monday to Friday) or `LW` (the last workday).
             *     - Day of week can be `5L` (the last Friday of the month) or `5#2` (the second Friday). In both day fields `?` means `*`.
             *     - In place of all fields: `@yearly`, `@annually`, `@monthly`, `@weekly`, `@daily`, `@midnight`, `@hourly`.
             *     - **Day of month *and* day of week must match**: `0 0 13 * 5` fires on every Friday the 13th. POSIX cron would fire on every 13th and on every Friday: create two schedules for that.
             *
             *     Clock changes of any size are handled as in Vixie cron:
             *     - A **wildcard** is an expression whose minute or hour begins with `*`, such as `*\/5 * * * *`, `30 * * * *` or `@hourly`. The second does not count. A wildcard follows elapsed time: it has no slots in local times that are skipped, and fires in both passes of local times that come twice.
             *     - All other expressions have **fixed times**, such as `30 2 * * *` or `@daily`. Each local time fires once. A skipped time fires at the first instant after the gap, and several times in one gap are one slot. A time that comes twice fires in the first pass.
             */
            cron?: string;
            /**
             * Format: elapsed-time
             * @description The elapsed time between two slots, counted from `start`, or from when the slots were set if there is no `start`; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             */
            every?: string;
            /**
             * Format: date-time
             * @description The only instant at which the schedule fires. A past instant fires at once. It is rejected if `catchUp` or `catchUpWindow` exclude it, or if a slot at or after it already fired under this name; RFC 3339 in UTC, milliseconds
             */
            at?: string;
            /**
             * Format: time-zone
             * @description The IANA time zone of `cron` and `exclude`. The default is the setting DEFAULT_TIME_ZONE
             */
            timeZone?: string;
            /**
             * Format: date-time
             * @description All slots are at or after this instant; RFC 3339 in UTC, milliseconds
             */
            start?: string;
            /**
             * Format: date-time
             * @description All slots are before this instant; RFC 3339 in UTC, milliseconds
             */
            end?: string;
            /** @description Local dates without slots */
            exclude?: (string | {
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
            })[];
            /**
             * Format: elapsed-time
             * @description Spreads the firings: each is delayed after its slot by a part of this duration. The part is computed from the name of the schedule and the slot; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             */
            jitter?: string;
            /**
             * @description A paused schedule does not fire
             * @default false
             */
            paused?: boolean;
            /**
             * @description Which due slots fire when at least one of them was missed. A slot is missed when it is more than 60 s late. `all`: every slot. `latest`: only the latest slot, missed or not. `none`: only slots that are not missed. When no slot was missed, every due slot fires
             * @default all
             */
            catchUp?: "all" | "latest" | "none";
            /**
             * Format: elapsed-time
             * @description Missed slots that are late by more than this duration do not fire; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             * @default P7D
             */
            catchUpWindow?: string;
            /** @description Any JSON that the events of the schedule carry, at most 8 KB. Numbers that JavaScript cannot represent are rejected */
            data?: {
                [key: string]: unknown;
            };
            job?: components["schemas"]["ScheduledJob"];
            /**
             * @description What to do when a job of this schedule has not ended; only with `job`; the default is `skip`. `allow`: both run. `skip`: the new job is not run; it is kept as cancelled, with the reason `overlap`. `queue`: the new job runs afterwards; at most one waits, and further ones are skipped. `cancel`: the earlier jobs are cancelled, and the new one runs when they have ended
             */
            overlap?: "allow" | "skip" | "queue" | "cancel";
        };
        Schedule: {
            /** @description The key of its records in daybook.clock */
            name: string;
            /**
             * @description `end-of-day` ends the days of a time zone; `user` was created by an operator
             */
            kind: "end-of-day" | "user";
            /** @description The version of the definition, which is the ETag */
            version?: number;
            definition?: components["schemas"]["ScheduleDefinition"];
            /**
             * Format: time-zone
             * @description The time zone of its days or local times; its current name in the IANA database
             */
            timeZone: string;
            /**
             * Format: date
             * @description The day that ends next; a local date, YYYY-MM-DD
             */
            nextDay?: string;
            /**
             * Format: date-time
             * @description The instant for which it fires next; null when it is paused or has no slot left
             */
            nextSlot: string | null;
            /**
             * Format: date-time
             * @description When it fires next: the slot plus its part of the jitter; null like `nextSlot`
             */
            nextFireAt: string | null;
            /** @description The same instant in local time, with its UTC offset */
            nextFireAtLocal: string | null;
            /** @description Statistics since the schedule was created, without firings by hand */
            stats: {
                /** @description Slots that fired */
                fired: number;
                /** @description Slots that fired more than 60 s after their time, or not at all. A lower bound: after a long downtime one firing counts at most about 1,000 slots that it does not fire */
                missed: number;
                /** @description Missed slots that fired nevertheless */
                caughtUp: number;
                /**
                 * Format: date-time
                 * @description The last slot that fired under this name, also of a schedule that was deleted since; null if none did
                 */
                lastSlot: string | null;
                /**
                 * Format: date-time
                 * @description When the last slot fired, or null
                 */
                lastFiredAt: string | null;
                /** @description How many milliseconds late it fired, or null */
                lateMs: number | null;
            };
            /** @description The job that the last slot has added, unless it was removed because of its age; absent in answers to changes */
            lastJob?: {
                id: string;
                /**
                 * @description As in GET /jobs
                 */
                state: "waiting" | "sent" | "running" | "succeeded" | "failed" | "cancelled" | "expired";
            };
        };
        ScheduleList: {
            schedules: components["schemas"]["Schedule"][];
            /** @description `after` for the next page; null on the last page */
            nextAfter: string | null;
        };
        /** @description Exactly one of cron, every, at */
        NewSchedule: {
            /**
             * Format: cron
             * @description The local times at which the schedule fires: `minute hour day-of-month month day-of-week`, separated by spaces. An optional second comes first.
             *     - A field is `*`, numbers (`1,5`), ranges (`1-5`, or `22-2`, which wraps) or steps (`*\/5`, `10-30/5`). Steps are counted anew in each hour, day or month. So a step that is larger than its field, such as `*\/90`, is rejected: use `every`.
             *     - Months and days of the week also have names: `jan`, `mon-fri`. Sunday is 0 or 7.
             *     - Day of month can be `L` (the last day), `L-3` (three days before the last day), `15W` (the workday nearest to the 15th, Monday to Friday) or `LW` (the last workday).
             *     - Day of week can be `5L` (the last Friday of the month) or `5#2` (the second Friday). In both day fields `?` means `*`.
             *     - In place of all fields: `@yearly`, `@annually`, `@monthly`, `@weekly`, `@daily`, `@midnight`, `@hourly`.
             *     - **Day of month *and* day of week must match**: `0 0 13 * 5` fires on every Friday the 13th. POSIX cron would fire on every 13th and on every Friday: create two schedules for that.
             *
             *     Clock changes of any size are handled as in Vixie cron:
             *     - A **wildcard** is an expression whose minute or hour begins with `*`, such as `*\/5 * * * *`, `30 * * * *` or `@hourly`. The second does not count. A wildcard follows elapsed time: it has no slots in local times that are skipped, and fires in both passes of local times that come twice.
             *     - All other expressions have **fixed times**, such as `30 2 * * *` or `@daily`. Each local time fires once. A skipped time fires at the first instant after the gap, and several times in one gap are one slot. A time that comes twice fires in the first pass.
             */
            cron?: string;
            /**
             * Format: elapsed-time
             * @description The elapsed time between two slots, counted from `start`, or from when the slots were set if there is no `start`; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             */
            every?: string;
            /**
             * Format: date-time
             * @description The only instant at which the schedule fires. A past instant fires at once. It is rejected if `catchUp` or `catchUpWindow` exclude it, or if a slot at or after it already fired under this name; RFC 3339 in UTC, milliseconds
             */
            at?: string;
            /**
             * Format: time-zone
             * @description The IANA time zone of `cron` and `exclude`. The default is the setting DEFAULT_TIME_ZONE
             */
            timeZone?: string;
            /**
             * Format: date-time
             * @description All slots are at or after this instant; RFC 3339 in UTC, milliseconds
             */
            start?: string;
            /**
             * Format: date-time
             * @description All slots are before this instant; RFC 3339 in UTC, milliseconds
             */
            end?: string;
            /** @description Local dates without slots */
            exclude?: (string | {
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
            })[];
            /**
             * Format: elapsed-time
             * @description Spreads the firings: each is delayed after its slot by a part of this duration. The part is computed from the name of the schedule and the slot; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             */
            jitter?: string;
            /**
             * @description A paused schedule does not fire
             * @default false
             */
            paused?: boolean;
            /**
             * @description Which due slots fire when at least one of them was missed. A slot is missed when it is more than 60 s late. `all`: every slot. `latest`: only the latest slot, missed or not. `none`: only slots that are not missed. When no slot was missed, every due slot fires
             * @default all
             */
            catchUp?: "all" | "latest" | "none";
            /**
             * Format: elapsed-time
             * @description Missed slots that are late by more than this duration do not fire; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             * @default P7D
             */
            catchUpWindow?: string;
            /** @description Any JSON that the events of the schedule carry, at most 8 KB. Numbers that JavaScript cannot represent are rejected */
            data?: {
                [key: string]: unknown;
            };
            job?: components["schemas"]["ScheduledJob"];
            /**
             * @description What to do when a job of this schedule has not ended; only with `job`; the default is `skip`. `allow`: both run. `skip`: the new job is not run; it is kept as cancelled, with the reason `overlap`. `queue`: the new job runs afterwards; at most one waits, and further ones are skipped. `cancel`: the earlier jobs are cancelled, and the new one runs when they have ended
             */
            overlap?: "allow" | "skip" | "queue" | "cancel";
        } & (unknown | unknown | unknown);
        Firing: {
            /**
             * Format: date-time
             * @description The instant for which it fires; RFC 3339 in UTC, milliseconds
             */
            slot: string;
            /** @description The same instant in local time with its UTC offset, which tells apart the two passes of an hour that comes twice */
            slotLocal: string;
            /**
             * Format: date-time
             * @description When it fires: the slot plus its part of the jitter; RFC 3339 in UTC, milliseconds
             */
            fireAt: string;
            /**
             * Format: date
             * @description For an end-of-day schedule: the day that ends; a local date, YYYY-MM-DD
             */
            day?: string;
        };
        NextFirings: {
            next: components["schemas"]["Firing"][];
        };
        PastFiring: {
            /**
             * Format: date-time
             * @description When it fired, or when the scheduler decided that slots do not fire; RFC 3339 in UTC, milliseconds
             */
            firedAt: string;
            /**
             * Format: date-time
             * @description The slot that fired; of a day that was ended by hand, its end; null when slots did not fire
             */
            slot: string | null;
            /** @description How many milliseconds late a slot fired; null for all others */
            lateMs: number | null;
            /** @description How many slots did not fire; 0 for a firing */
            notFired: number;
            /** @description The id of its event, and of the job that it added; null when slots did not fire */
            id: string | null;
            /** @description Who fired it by hand: the token's `sub` */
            by?: string;
        };
        PastFirings: {
            firings: components["schemas"]["PastFiring"][];
        };
        ScheduleChange: {
            /** @description The version of the definition, which is the ETag */
            version: number;
            /**
             * Format: date-time
             * @description When it was done; RFC 3339 in UTC, milliseconds
             */
            at: string;
            /** @description The operator: the token's `sub` */
            by: string;
            action: "created" | "changed" | "paused" | "resumed" | "deleted" | "fired";
            /** @description The definition after the change; absent for a firing by hand */
            definition?: components["schemas"]["ScheduleDefinition"];
        };
        ScheduleChanges: {
            changes: components["schemas"]["ScheduleChange"][];
        };
        SchedulePreview: {
            /** @description The next firings with this definition; of a paused one: if it was resumed now */
            next: components["schemas"]["Firing"][];
            /** @description Those of them that the stored schedule does not have */
            comes: components["schemas"]["Firing"][];
            /** @description The next firings of the stored schedule that this definition does not have */
            goes: components["schemas"]["Firing"][];
        };
        FiredSchedule: {
            /** @description The id of the ScheduleFired event */
            id: string;
        };
        ListedDeadLetter: {
            /** @description <group>/<topic>/<partition>/<offset>; URL-encoded in a path, as in a%2Fb%2F0%2F7 */
            id: string;
            /** @description The consumer group that could not handle the message */
            group: string;
            topic: string;
            partition: number;
            /** @description The offset of the message; of a batch its first offset */
            offset: string;
            /** @description Set for a batch that could not be decoded: `valueBase64` holds its bytes */
            batch?: {
                lastOffset: string;
                codec: string;
            };
            /** @description The key, if it is text; at most its first 1 KiB */
            key?: string;
            /** @description The key, if it is not UTF-8 */
            keyBase64?: string;
            /** @description How often the message was handed to its handler */
            attempts: number;
            /**
             * Format: date-time
             * @description When the message was parked; RFC 3339 in UTC, milliseconds
             */
            parkedAt: string;
            /**
             * Format: date-time
             * @description When the last replay failed; RFC 3339 in UTC, milliseconds
             */
            lastAttemptAt?: string;
            /** @description Whether a replay has the letter now */
            replaying: boolean;
            /** @description Why the last attempt failed */
            error: {
                name: string;
                /** @description Its first 300 characters */
                message: string;
            };
        };
        DeadLetterPage: {
            deadLetters: components["schemas"]["ListedDeadLetter"][];
            /** @description On the first page: how many letters meet the query */
            total?: {
                /** @description How many letters of those examined meet the query */
                count: number;
                /** @description Whether not all letters were examined: there may be more */
                more: boolean;
            };
            /**
             * Format: cursor
             * @description `cursor` of the next page, or null on the last page
             */
            nextCursor: string | null;
        };
        DeadLetterGroup: {
            /** @description The consumer group that could not handle the messages */
            group: string;
            topic: string;
            /** @description The error without numbers, ids, quoted parts, addresses and URLs. The condition `errorGroup` of lists and commands finds the letters of this error */
            error: string;
            /** @description The newest error, its first 300 characters */
            example: string;
            count: number;
            /**
             * Format: date-time
             * @description When the oldest of them was parked; RFC 3339 in UTC, milliseconds
             */
            firstAt: string;
            /**
             * Format: date-time
             * @description When the newest of them was parked; RFC 3339 in UTC, milliseconds
             */
            lastAt: string;
            /**
             * Format: date-time
             * @description When a replay of one of them failed last; RFC 3339 in UTC, milliseconds
             */
            lastAttemptAt?: string;
        };
        DeadLetterGroups: {
            groups: components["schemas"]["DeadLetterGroup"][];
            /** @description Whether older letters are not counted */
            more: boolean;
        };
        DeadLetter: {
            /** @description <group>/<topic>/<partition>/<offset>; URL-encoded in a path, as in a%2Fb%2F0%2F7 */
            id: string;
            /** @description The consumer group that could not handle the message */
            group: string;
            topic: string;
            partition: number;
            /** @description The offset of the message; of a batch its first offset */
            offset: string;
            /** @description Set for a batch that could not be decoded: `valueBase64` holds its bytes */
            batch?: {
                lastOffset: string;
                codec: string;
            };
            /** @description The key, if it is text; at most its first 1 KiB */
            key?: string;
            /** @description The key, if it is not UTF-8 */
            keyBase64?: string;
            /** @description How often the message was handed to its handler */
            attempts: number;
            /**
             * Format: date-time
             * @description When the message was parked; RFC 3339 in UTC, milliseconds
             */
            parkedAt: string;
            /**
             * Format: date-time
             * @description When the last replay failed; RFC 3339 in UTC, milliseconds
             */
            lastAttemptAt?: string;
            /** @description Whether a replay has the letter now */
            replaying: boolean;
            /** @description Why the last attempt failed */
            error: {
                name: string;
                message: string;
                /** @description Where it was thrown */
                stack: string | null;
                /** @description Where the value violates its schema, at most 20; letters of earlier versions have none */
                faults?: {
                    /** @description A JSON pointer into the value; that of a missing property if one is missing */
                    pointer: string;
                    detail: string;
                }[];
            };
            /**
             * Format: date-time
             * @description The time of the record; letters of earlier versions, and records without a time, have none; RFC 3339 in UTC, milliseconds
             */
            timestamp?: string;
            /** @description The size of the key; null if the message has no key */
            keyBytes: number | null;
            /** @description The headers in their order, at most 1,000 of them */
            headers: {
                name?: string;
                /** @description The name, if it is not UTF-8 */
                nameBase64?: string;
                /** @description The value, if it is text; at most its first 4 KiB */
                value?: string;
                /** @description The value, if it is not UTF-8; at most its first 4 KiB */
                valueBase64?: string;
                /** @description The size of the value; null if the header has no value */
                valueBytes: number | null;
            }[];
            /** @description How many headers the message has */
            headerCount: number;
            /** @description The size of the value; null if the message has no value */
            valueBytes: number | null;
            /** @description The value, if it is JSON whose numbers and names JavaScript can keep, of at most 1 MiB */
            json?: unknown;
            /** @description The value as it is, if it is text, also JSON; at most its first 1 MiB */
            value?: string;
            /** @description The value, if it is not UTF-8; at most its first 1 MiB */
            valueBase64?: string;
        };
        ReplayedDeadLetter: {
            id: string;
            /**
             * @description `handled`: the letter is removed; `failed`: the letter has the new error; `skipped`: the letter is as it was, see `reason`; `matching`: it would be replayed
             */
            result: "handled" | "failed" | "skipped" | "matching";
            /** @description Why it failed again */
            error?: string;
            /**
             * @description `busy`: another replay has it; `batch`: it holds a batch that could not be decoded, and no message; `gone`: it was handled or deleted meanwhile; `interrupted`: the time of the request was over, or the service stops
             */
            reason?: "busy" | "batch" | "gone" | "interrupted";
        };
        /** @description Which letters. At least one condition */
        DeadLetterFilter: {
            /** @description Only messages of this topic, which may be one that its consumer group does not read any more */
            topic?: string;
            /**
             * @description Only messages that this consumer group parked
             */
            group?: "scheduler-results" | "scheduler-requests" | "scheduler-incidents";
            /**
             * Format: well-formed
             * @description Only messages with this key
             */
            key?: string;
            /** @description Only messages of this partition */
            partition?: number;
            /** @description Only the messages with this offset */
            offset?: string;
            /**
             * Format: well-formed
             * @description Only letters whose error contains this text, in upper or lower case
             */
            error?: string;
            /**
             * Format: well-formed
             * @description Only letters of one group of errors: `error` of `GET /dead-letters/groups`
             */
            errorGroup?: string;
            /**
             * Format: well-formed
             * @description Only letters whose error, key, headers or value contain this text, in upper or lower case. Of messages over 64 KiB only the error and a key of up to 1 KiB are searched
             */
            text?: string;
            /**
             * Format: date-time
             * @description Only letters that were parked then or later; RFC 3339 in UTC, milliseconds
             */
            from?: string;
            /**
             * Format: date-time
             * @description Only letters that were parked earlier; RFC 3339 in UTC, milliseconds
             */
            before?: string;
        };
        ReplayOfDeadLetters: {
            filter: components["schemas"]["DeadLetterFilter"];
            /**
             * @description The most letters
             * @default 100
             */
            limit?: number;
            /**
             * @description Only say which letters would be replayed
             * @default false
             */
            dryRun?: boolean;
            /**
             * Format: cursor
             * @description `nextCursor` of the previous answer
             */
            cursor?: string;
        };
        ReplayedDeadLetters: {
            /** @description Letters whose messages were handled */
            handled: number;
            /** @description Letters whose messages failed again */
            failed: number;
            /** @description Letters that stay as they were */
            skipped: number;
            /** @description With `dryRun`: letters that would be replayed */
            matching: number;
            /** @description What became of each letter */
            results: components["schemas"]["ReplayedDeadLetter"][];
            /**
             * Format: cursor
             * @description Repeat the request with this `cursor` to go on, also with letters that were interrupted; null when no letter is left
             */
            nextCursor: string | null;
        };
        DeletionOfDeadLetters: {
            filter: components["schemas"]["DeadLetterFilter"];
            /**
             * @description Only count, and delete none
             * @default false
             */
            dryRun?: boolean;
            /**
             * Format: cursor
             * @description `nextCursor` of the previous answer
             */
            cursor?: string;
        };
        DeletedDeadLetters: {
            /** @description With `dryRun`: how many letters this request has counted */
            matching?: number;
            /** @description Without `dryRun` */
            deleted?: number;
            /** @description Without `dryRun`: letters that a replay had, or that were gone */
            skipped?: number;
            /**
             * Format: cursor
             * @description Repeat the request with this `cursor` to go on; null when no letter is left
             */
            nextCursor: string | null;
        };
        /** @description What it is about, for a link */
        AlarmReference: {
            type: "run" | "rerun" | "log" | "day" | "schedule" | "group" | "kind" | "lane" | "job" | "outbox";
            id: string;
        };
        Alarm: {
            /** @description What is wrong, for programs. See docs/operations.md, "Alarms" */
            kind: string;
            /**
             * @description critical: what users were promised fails or is late; warning: something waits for an operator
             */
            severity: "critical" | "warning";
            /**
             * Format: date-time
             * @description Since when, or null if that is not stored
             */
            since: string | null;
            /** @description How many are concerned */
            count: number;
            /** @description Whether there are more than `count` */
            more: boolean;
            /** @description What is wrong, as a sentence */
            problem: string;
            /** @description What to do */
            remedy: string;
            /** @description The newest of them, at most 20 */
            references: components["schemas"]["AlarmReference"][];
        };
        UnknownAlarm: {
            kind: string;
            /** @description Why it could not be looked for */
            why: string;
        };
        Alarms: {
            /**
             * Format: date-time
             * @description When this was looked for; RFC 3339 in UTC, milliseconds
             */
            at: string;
            /** @description The critical ones first, and of these the oldest */
            alarms: components["schemas"]["Alarm"][];
            /** @description The kinds that could not be looked for, because MongoDB or Kafka is away */
            unknown: components["schemas"]["UnknownAlarm"][];
        };
        WaitingWork: {
            /** @description Why it waits, for programs */
            kind: string;
            /** @description What waits, and for what */
            what: string;
            /** @description How much waits */
            count: number;
            /** @description Whether there is more than `count` */
            more: boolean;
            /**
             * Format: date-time
             * @description Since when the oldest waits, or null if nothing waits or that is not stored
             */
            since: string | null;
        };
        UncountedWork: {
            name: string;
            /** @description Why it could not be counted */
            why: string;
        };
        Waiting: {
            /**
             * Format: date-time
             * @description When this was counted; RFC 3339 in UTC, milliseconds
             */
            at: string;
            /** @description Each reason to wait, also where nothing waits */
            work: components["schemas"]["WaitingWork"][];
            /** @description What could not be counted, because MongoDB or Kafka is away */
            unknown: components["schemas"]["UncountedWork"][];
        };
        /** @description The counts of each minute from the first one on; the last minute is not over */
        RateSeries: {
            /** @description Ends of days that were published */
            days: number[];
            /** @description Slots of schedules that fired, those of days too */
            fired: number[];
            /** @description Jobs that were stored */
            jobsAdded: number[];
            /** @description Attempts that started */
            jobsStarted: number[];
            /** @description Jobs that succeeded */
            jobsSucceeded: number[];
            /** @description Jobs that failed for good */
            jobsFailed: number[];
            /** @description Jobs that were cancelled or expired */
            jobsOtherwise: number[];
        };
        Rates: {
            /**
             * Format: date-time
             * @description When this was read; RFC 3339 in UTC, milliseconds
             */
            at: string;
            /**
             * Format: date-time
             * @description The beginning of the first minute; RFC 3339 in UTC, milliseconds
             */
            from: string;
            series: components["schemas"]["RateSeries"];
        };
        /** @description How long a job waits after a failure */
        Backoff: {
            /**
             * Format: elapsed-time
             * @description The wait after the first failure; default PT5S; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             */
            initial?: string;
            /**
             * @description Each further wait is longer by this factor
             * @default 2
             */
            factor?: number;
            /**
             * Format: elapsed-time
             * @description The longest wait; default PT1H; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             */
            cap?: string;
            /**
             * @description A random part of the wait, up to this share, is added to it, so that jobs that failed together do not retry together
             * @default 0.25
             */
            jitter?: number;
        };
        /** @description How often attempts may start, over all workers */
        Rate: {
            /** @description How many attempts may start within `per` */
            limit: number;
            /**
             * Format: elapsed-time
             * @description The time for which `limit` holds, in every sliding window; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             */
            per: string;
            /**
             * @description How many attempts may start at once after a pause. A window then has at most `limit` + `burst` - 1 starts. 1 spreads the starts evenly
             * @default 1
             */
            burst?: number;
            /**
             * Format: elapsed-time
             * @description How long an attempt may take from its turn to the start of its handler; otherwise the worker returns it at no cost. A longer window means fewer starts: at most `limit` in `per` + `window`. The default is a tenth of `per`, from 0.1 to 1 s; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             */
            window?: string;
        };
        /** @description The rules of a kind. Every field has a default */
        NewKind: {
            /**
             * @description The lane: the workers that read it run the job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit
             * @default default
             */
            lane?: string;
            /** @description The JSON Schema of the data, at most 32 KB: draft 2020-12, or draft-07 if `$schema` says so. Jobs whose data do not match are refused. `$ref` can only point into the schema itself */
            schema?: {
                [key: string]: unknown;
            };
            /**
             * @description After how many failures a job fails
             * @default 10
             */
            attempts?: number;
            backoff?: components["schemas"]["Backoff"];
            /**
             * Format: elapsed-time-or-none
             * @description How long a handler may run: an ISO 8601 duration, or `none`. The default is PT5M. After it, the attempt has failed
             */
            timeout?: string;
            /**
             * Format: elapsed-time
             * @description After which time the handler is asked to end. The default is 80 % of `timeout`; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             */
            softTimeout?: string;
            rate?: components["schemas"]["Rate"];
            /** @description How many jobs may be in hand at once: sent to a worker or running */
            inFlight?: number;
            /** @description How many jobs with the same key may be in hand at once. It holds for jobs that are added afterwards */
            perKey?: number;
            /**
             * Format: elapsed-time
             * @description After which time a job expires that has not started. The time does not run while the kind is paused, while no worker reads its lane and while the scheduler is down; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             */
            expires?: string;
            /** @description Who gets a mail when jobs fail */
            mailTo?: string[];
            /**
             * @description No attempt of a paused kind starts. Attempts in hand continue
             * @default false
             */
            paused?: boolean;
            /**
             * @description `strict`: a worker asks the scheduler by HTTP before it starts an attempt, for work that must not overlap
             * @default ordinary
             */
            claim?: "ordinary" | "strict";
            /** @description The names of limits that the kind shares with others */
            limits?: string[];
        };
        /** @description What an operator wrote */
        KindDefinition: {
            /**
             * @description The lane: the workers that read it run the job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit
             * @default default
             */
            lane?: string;
            /** @description The JSON Schema of the data, at most 32 KB: draft 2020-12, or draft-07 if `$schema` says so. Jobs whose data do not match are refused. `$ref` can only point into the schema itself */
            schema?: {
                [key: string]: unknown;
            };
            /**
             * @description After how many failures a job fails
             * @default 10
             */
            attempts?: number;
            backoff?: components["schemas"]["Backoff"];
            /**
             * Format: elapsed-time-or-none
             * @description How long a handler may run: an ISO 8601 duration, or `none`. The default is PT5M. After it, the attempt has failed
             */
            timeout?: string;
            /**
             * Format: elapsed-time
             * @description After which time the handler is asked to end. The default is 80 % of `timeout`; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             */
            softTimeout?: string;
            rate?: components["schemas"]["Rate"];
            /** @description How many jobs may be in hand at once: sent to a worker or running */
            inFlight?: number;
            /** @description How many jobs with the same key may be in hand at once. It holds for jobs that are added afterwards */
            perKey?: number;
            /**
             * Format: elapsed-time
             * @description After which time a job expires that has not started. The time does not run while the kind is paused, while no worker reads its lane and while the scheduler is down; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             */
            expires?: string;
            /** @description Who gets a mail when jobs fail */
            mailTo?: string[];
            /**
             * @description No attempt of a paused kind starts. Attempts in hand continue
             * @default false
             */
            paused?: boolean;
            /**
             * @description `strict`: a worker asks the scheduler by HTTP before it starts an attempt, for work that must not overlap
             * @default ordinary
             */
            claim?: "ordinary" | "strict";
            /** @description The names of limits that the kind shares with others */
            limits?: string[];
        };
        Kind: {
            /** @description The kind of job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
            name: string;
            /** @description The version of the definition, which is the ETag */
            version: number;
            /**
             * Format: date-time
             * @description When it was changed last; RFC 3339 in UTC, milliseconds
             */
            changedAt: string;
            /** @description Who changed it: the token's `sub` */
            changedBy: string;
            definition: components["schemas"]["KindDefinition"];
            /** @description Its last 20 attempts all failed: one attempt at a time is sent until one succeeds. It does not change the version */
            failing: boolean;
        };
        KindList: {
            kinds: components["schemas"]["Kind"][];
            /** @description `after` for the next page; null on the last page */
            nextAfter: string | null;
        };
        /** @description Exactly one of rate, inFlight */
        NewLimit: {
            rate?: components["schemas"]["Rate"];
            /** @description How many jobs may be in hand at once: sent to a worker or running */
            inFlight?: number;
        };
        /** @description What an operator wrote */
        LimitDefinition: {
            rate?: components["schemas"]["Rate"];
            /** @description How many jobs may be in hand at once: sent to a worker or running */
            inFlight?: number;
        };
        Limit: {
            /** @description The name of a limit that several kinds share: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
            name: string;
            /** @description The version of the definition, which is the ETag */
            version: number;
            /**
             * Format: date-time
             * @description When it was changed last; RFC 3339 in UTC, milliseconds
             */
            changedAt: string;
            /** @description Who changed it: the token's `sub` */
            changedBy: string;
            definition: components["schemas"]["LimitDefinition"];
        };
        LimitList: {
            limits: components["schemas"]["Limit"][];
            /** @description `after` for the next page; null on the last page */
            nextAfter: string | null;
        };
        HeldAttempt: {
            /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
            job: string;
            /** @description The number of the attempt. Each time a job is sent to a worker is an attempt, also if the worker returns it */
            attempt: number;
        };
        Worker: {
            /**
             * Format: uuid
             * @description The id of one process of a worker. A worker that is started again has another id
             */
            id: string;
            name: string;
            version: string;
            via: "kafka" | "http";
            /**
             * @description `quiet`: it takes no more attempts; `stopped`: its last beat
             */
            state: "working" | "quiet" | "stopping" | "stopped";
            lanes: {
                /** @description The lane: the workers that read it run the job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
                lane: string;
                partitions: number[];
                /** @description What an operator should know about the worker in this lane */
                note?: string;
            }[];
            /** @description The kinds for which it has handlers */
            kinds: string[];
            /**
             * @description How many handlers the worker runs at once
             * @default 1
             */
            slots: number;
            /** @description What it runs, by its last beat, at most 100 attempts; of a lost worker, what it ran then */
            running: components["schemas"]["HeldAttempt"][];
            /** @description How many attempts it runs */
            runningCount: number;
            /** @description For how long its handlers have not let the process do anything else */
            blockedMs: number;
            /**
             * Format: date-time
             * @description Its last beat, by Kafka's clock; RFC 3339 in UTC, milliseconds
             */
            beatAt: string;
            /**
             * Format: date-time
             * @description When its lease was found to have ended; RFC 3339 in UTC, milliseconds
             */
            lostAt?: string;
        };
        /** @description With `counts`: how many workers of the query are alive, as far as their beats say, how many attempts these run, and how many they could run at once */
        WorkerCounts: {
            alive: number;
            running: number;
            slots: number;
        };
        WorkerList: {
            workers: components["schemas"]["Worker"][];
            counts?: components["schemas"]["WorkerCounts"];
            /**
             * Format: cursor
             * @description `cursor` of the next page, or null on the last page
             */
            nextCursor: string | null;
        };
        AskedWorker: {
            id: string;
        };
        Beat: {
            /** @description The name of the worker, for people */
            name: string;
            /** @description The version of the worker's program */
            version?: string;
            /** @description The kinds for which it has handlers */
            kinds: string[];
            /**
             * @description How many handlers the worker runs at once
             * @default 1
             */
            slots?: number;
            /** @description The lanes from which it claims */
            lanes: string[];
            /** @description The attempts that it runs */
            running?: components["schemas"]["HeldAttempt"][];
        };
        WorkerOrders: {
            /** @description Attempts to end: report them as returned, reason `cancelled` */
            cancelled: components["schemas"]["HeldAttempt"][];
            /** @description Attempts that the worker does not hold any more: abort them */
            lost: components["schemas"]["HeldAttempt"][];
            /** @description True: claim no more */
            quiet: boolean;
        };
        NewStart: {
            /**
             * Format: uuid
             * @description The id of one process of a worker. A worker that is started again has another id
             */
            worker: string;
        };
        Lease: {
            /** @description The attempt is lost so long after the last beat */
            leaseSeconds: number;
            /** @description How long the handler may run, in milliseconds; null: without a limit */
            timeoutMs: number | null;
        };
        NewProgress: {
            /**
             * Format: uuid
             * @description The id of one process of a worker. A worker that is started again has another id
             */
            worker: string;
            /** @description How much is done, in units of the handler */
            done: number;
            /** @description How much there is to do, in the same units */
            total: number;
            /** @description What the handler does now, for people */
            note?: string;
        };
        NotedProgress: {
            /** @description True: the attempt is to end */
            cancel: boolean;
        };
        NewOutcome: {
            /**
             * Format: uuid
             * @description The id of one process of a worker. A worker that is started again has another id
             */
            worker: string;
            /**
             * @description `returned`: the worker gives the attempt back, which costs nothing
             */
            outcome: "succeeded" | "failed" | "returned";
            /** @description Of a success: any JSON of at most 64 KB */
            result?: unknown;
            /** @description What went wrong; a failure needs it; text of at most 8 KB */
            error?: string;
            /**
             * @description Of a failure, default `error`; of an attempt given back, default `stopping`
             */
            reason?: "error" | "timeout" | "invalid-data" | "result-invalid" | "stopping" | "late" | "unknown-kind" | "cancelled" | "lost";
            /**
             * @description Of a failure: false if another attempt would fail too
             * @default true
             */
            retry?: boolean;
            /** @description The earliest time of the next attempt, in milliseconds from now; more than a year counts as a year */
            retryAfterMs?: number;
            /** @description For how long no job of this kind may start, for example after an answer with status 429; in milliseconds, more than a year counts as a year */
            pauseMs?: number;
        };
        RecordedOutcome: {
            /** @description The state of the job now, as in GET /jobs/{id} */
            state: string;
        };
        NewClaim: {
            /**
             * Format: uuid
             * @description The id of one process of a worker. A worker that is started again has another id
             */
            worker: string;
            /** @description The name of the worker, for people */
            name: string;
            /** @description The version of the worker's program */
            version?: string;
            /** @description The kinds for which it has handlers */
            kinds: string[];
            /**
             * @description How many handlers the worker runs at once
             * @default 1
             */
            slots?: number;
            /**
             * @description How many attempts it takes at most
             * @default 1
             */
            max?: number;
            /**
             * @description How many seconds the answer may wait for a job
             * @default 0
             */
            wait?: number;
        };
        /** @description An attempt of a job for one of the workers of a lane. */
        DueAttempt: {
            /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
            job: string;
            /** @description The number of the attempt. Each time a job is sent to a worker is an attempt, also if the worker returns it */
            attempt: number;
            /** @description The kind of job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
            kind: string;
            /** @description The lane: the workers that read it run the job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
            lane: string;
            /** @description The data of the job */
            data: unknown;
            /**
             * Format: well-formed
             * @description What the job is about, for example a customer. A kind can limit how many jobs of one key run at once
             */
            key?: string;
            /**
             * Format: date-time
             * @description When the job was added; RFC 3339 in UTC, milliseconds
             */
            addedAt: string;
            /** @description How many attempts have failed before */
            failures: number;
            /**
             * Format: date-time
             * @description The handler must not start earlier, by the broker's clock; only for kinds with a rate; RFC 3339 in UTC, milliseconds
             */
            startFrom?: string;
            /**
             * Format: date-time
             * @description The attempt may start only if the broker appended its JobStarted at or before this instant. Otherwise the worker drops or returns it; RFC 3339 in UTC, milliseconds
             */
            startBy: string;
            /** @description How long the handler may run, in milliseconds; null: without a limit */
            timeoutMs: number | null;
            /** @description After how many milliseconds the handler is asked to end; null: never */
            softTimeoutMs: number | null;
            /** @description True: the worker must start the attempt by HTTP before it runs the handler */
            strict: boolean;
            /** @description In a continuation: the job or the group that it continues */
            cause?: {
                /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
                job?: string;
                /** @description The id of the group: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
                group?: string;
                /**
                 * @description How the job ended
                 */
                state?: "succeeded" | "failed" | "cancelled" | "expired";
                /** @description The result of the job before */
                result?: unknown;
                /** @description How many jobs of the group ended in which way */
                counts?: {
                    /** @description Jobs in the group */
                    total: number;
                    /** @description Jobs that succeeded */
                    succeeded: number;
                    /** @description Jobs that failed */
                    failed: number;
                    /** @description Jobs that were cancelled */
                    cancelled: number;
                    /** @description Jobs that expired */
                    expired: number;
                };
            };
        };
        Claim: {
            /** @description The attempts to start, the most urgent first */
            jobs: components["schemas"]["DueAttempt"][];
        };
        /** @description A job. It has at most one of `at` and `in`. `coalesce` needs a `key` */
        NewJob: {
            /** @description The kind of job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
            kind: string;
            /** @description The input of the handler: any JSON of at most 64 KB; null if absent */
            data?: unknown;
            /**
             * Format: well-formed
             * @description What the job is about, for example a customer. A kind can limit how many jobs of one key run at once
             */
            key?: string;
            /**
             * @description 1 is the most urgent. A job that waits counts as one level more urgent every 5 minutes
             * @default 3
             */
            priority?: number;
            /**
             * Format: date-time
             * @description When the job is due, at most a year ahead; an instant in the past means at once; RFC 3339 in UTC, milliseconds
             */
            at?: string;
            /**
             * Format: elapsed-time
             * @description After which time the job is due; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
             */
            in?: string;
            /** @description At most one of your jobs of this kind and key waits for its first attempt. A request changes its data and its time instead of adding another one. At least one run starts after the last request */
            coalesce?: {
                /**
                 * Format: elapsed-time
                 * @description The longest time by which repeated requests with `in` put off the job; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M
                 */
                maxDelay?: string;
            };
            /**
             * Format: date-time
             * @description A job that has not started by then expires. While its kind is paused, while no worker reads its lane and while the scheduler is down, this time moves on; RFC 3339 in UTC, milliseconds
             */
            expiresAt?: string;
            /** @description A job to add afterwards. Its handler learns how the job or the group ended. At most 20 continuations in a row */
            then?: {
                /** @description The kind of job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
                kind: string;
                /** @description The input of the handler: any JSON of at most 64 KB; null if absent */
                data?: unknown;
                /**
                 * Format: well-formed
                 * @description What the job is about, for example a customer. A kind can limit how many jobs of one key run at once
                 */
                key?: string;
                /**
                 * @description 1 is the most urgent. A job that waits counts as one level more urgent every 5 minutes
                 * @default 3
                 */
                priority?: number;
                /**
                 * @description `success`: only if the job succeeded, or all jobs of the group did. `finish`: in any case. The default is `success` after a job, and `finish` after a group
                 */
                on?: "success" | "finish";
                /** @description The next continuation: the same fields */
                then?: Record<string, unknown>;
            };
        };
        Attempt: {
            /** @description The number of the attempt. Each time a job is sent to a worker is an attempt, also if the worker returns it */
            attempt: number;
            /** @description The id of the worker */
            worker?: string;
            /**
             * Format: date-time
             * @description When it was sent; only of an attempt in hand; RFC 3339 in UTC, milliseconds
             */
            sentAt?: string;
            /**
             * Format: date-time
             * @description When the handler started; absent if it has not started; RFC 3339 in UTC, milliseconds
             */
            startedAt?: string;
            /**
             * Format: date-time
             * @description When it ended; absent of an attempt in hand; RFC 3339 in UTC, milliseconds
             */
            endedAt?: string;
            /**
             * @description `returned`: the worker gave it back, which costs nothing; `crashed`: the worker died. Absent of an attempt in hand
             */
            outcome?: "succeeded" | "failed" | "returned" | "crashed" | "cancelled";
            /** @description Why it failed or was returned */
            reason?: string;
            /** @description What the handler reported */
            error?: string;
        };
        /** @description A job */
        Job: {
            /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
            id: string;
            /** @description The kind of job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
            kind: string;
            /** @description The lane: the workers that read it run the job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
            lane: string;
            /**
             * @description `waiting`: for its time, or for a turn; `sent`: to a worker that has not reported the start; `running`: a worker runs it; the others: it has ended
             */
            state: "waiting" | "sent" | "running" | "succeeded" | "failed" | "cancelled" | "expired";
            /**
             * Format: well-formed
             * @description What the job is about, for example a customer. A kind can limit how many jobs of one key run at once
             */
            key?: string;
            /** @description The group of which it is a member */
            group?: string;
            /** @description The schedule that added it */
            schedule?: string;
            /** @description The id of the trace in which it was added: that of the request, or of the event that requested it */
            trace?: string;
            /**
             * Format: well-formed
             * @description Who added it: the token's `sub`, or for example a schedule
             */
            owner: string;
            /** @description 1 is the most urgent. A job that waits counts as one level more urgent every 5 minutes */
            priority: number;
            /**
             * Format: date-time
             * @description When it was added; RFC 3339 in UTC, milliseconds
             */
            addedAt: string;
            /**
             * Format: date-time
             * @description When it is or was due; for a retry, when that is due; RFC 3339 in UTC, milliseconds
             */
            dueAt: string;
            /**
             * Format: date-time
             * @description When the attempt in hand started; RFC 3339 in UTC, milliseconds
             */
            startedAt?: string;
            /**
             * Format: date-time
             * @description When it ended; RFC 3339 in UTC, milliseconds
             */
            finishedAt?: string;
            /** @description The number of its newest attempt; 0 before the first one */
            attempt: number;
            /** @description How many attempts have failed */
            failures: number;
            /** @description How many attempts ended with the death of their worker */
            crashes: number;
            /**
             * Format: date-time
             * @description When its worker was asked to cancel it; RFC 3339 in UTC, milliseconds
             */
            cancelAskedAt?: string;
            /** @description How far the handler of the newest attempt is */
            progress?: {
                done: number;
                total: number;
                note?: string;
                /**
                 * Format: date-time
                 * @description When the worker reported it; RFC 3339 in UTC, milliseconds
                 */
                at: string;
            };
            /** @description Why it failed: `error`, `timeout`, `invalid-data`, `result-invalid`, or `crashed` when its workers died */
            reason?: string;
            /** @description The error with which it failed */
            error?: string;
            /**
             * Format: date-time
             * @description When it expires if it has not started; RFC 3339 in UTC, milliseconds
             */
            expiresAt?: string;
            /** @description Why it waits, found out when it is read: of several reasons the one that has to end first */
            waiting?: {
                /**
                 * @description `time`: it is not due yet; `backoff`: its last attempt failed or crashed; `paused`: its kind is paused; `failing`: the last attempts of its kind all failed, and one at a time is sent until one succeeds; `no-worker-on-lane`; `no-worker-knows-kind`: no worker of the lane has a handler for the kind; `key`: as many jobs of its key as may run at once are before it; `schedule`: an earlier job of its schedule has not ended; `rate`; `in-flight`: a limit of its kind, or one that kinds share; `free-worker`: all workers that can run it are busy
                 */
                reason: "time" | "backoff" | "paused" | "failing" | "no-worker-on-lane" | "no-worker-knows-kind" | "key" | "schedule" | "rate" | "in-flight" | "free-worker";
                /** @description The reason in words */
                detail: string;
                /**
                 * Format: date-time
                 * @description When this reason ends, if that is known; RFC 3339 in UTC, milliseconds
                 */
                until?: string;
            };
            /** @description The newest 10 attempts that have ended, oldest first, and the one in hand */
            attempts: components["schemas"]["Attempt"][];
            /** @description The input of the handler */
            data: unknown;
            /** @description What the handler returned; present when it succeeded */
            result?: unknown;
            /** @description The job to add afterwards, as it was requested */
            then?: unknown;
            /** @description In a continuation: the job or the group that it continues */
            cause?: {
                /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
                job?: string;
                /** @description The id of the group: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
                group?: string;
                /**
                 * @description How the job ended
                 */
                state?: "succeeded" | "failed" | "cancelled" | "expired";
                /** @description The result of the job before */
                result?: unknown;
                /** @description How many jobs of the group ended in which way */
                counts?: {
                    /** @description Jobs in the group */
                    total: number;
                    /** @description Jobs that succeeded */
                    succeeded: number;
                    /** @description Jobs that failed */
                    failed: number;
                    /** @description Jobs that were cancelled */
                    cancelled: number;
                    /** @description Jobs that expired */
                    expired: number;
                };
            };
        };
        /** @description A job without data and result */
        ListedJob: {
            /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
            id: string;
            /** @description The kind of job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
            kind: string;
            /** @description The lane: the workers that read it run the job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
            lane: string;
            /**
             * @description `waiting`: for its time, or for a turn; `sent`: to a worker that has not reported the start; `running`: a worker runs it; the others: it has ended
             */
            state: "waiting" | "sent" | "running" | "succeeded" | "failed" | "cancelled" | "expired";
            /**
             * Format: well-formed
             * @description What the job is about, for example a customer. A kind can limit how many jobs of one key run at once
             */
            key?: string;
            /** @description The group of which it is a member */
            group?: string;
            /** @description The schedule that added it */
            schedule?: string;
            /** @description The id of the trace in which it was added: that of the request, or of the event that requested it */
            trace?: string;
            /**
             * Format: well-formed
             * @description Who added it: the token's `sub`, or for example a schedule
             */
            owner: string;
            /** @description 1 is the most urgent. A job that waits counts as one level more urgent every 5 minutes */
            priority: number;
            /**
             * Format: date-time
             * @description When it was added; RFC 3339 in UTC, milliseconds
             */
            addedAt: string;
            /**
             * Format: date-time
             * @description When it is or was due; for a retry, when that is due; RFC 3339 in UTC, milliseconds
             */
            dueAt: string;
            /**
             * Format: date-time
             * @description When the attempt in hand started; RFC 3339 in UTC, milliseconds
             */
            startedAt?: string;
            /**
             * Format: date-time
             * @description When it ended; RFC 3339 in UTC, milliseconds
             */
            finishedAt?: string;
            /** @description The number of its newest attempt; 0 before the first one */
            attempt: number;
            /** @description How many attempts have failed */
            failures: number;
            /** @description How many attempts ended with the death of their worker */
            crashes: number;
            /**
             * Format: date-time
             * @description When its worker was asked to cancel it; RFC 3339 in UTC, milliseconds
             */
            cancelAskedAt?: string;
            /** @description How far the handler of the newest attempt is */
            progress?: {
                done: number;
                total: number;
                note?: string;
                /**
                 * Format: date-time
                 * @description When the worker reported it; RFC 3339 in UTC, milliseconds
                 */
                at: string;
            };
            /** @description Why it failed: `error`, `timeout`, `invalid-data`, `result-invalid`, or `crashed` when its workers died */
            reason?: string;
            /** @description The beginning of the error with which it failed */
            error?: string;
            /** @description Why it waits, found out when it is read: of several reasons the one that has to end first */
            waiting?: {
                /**
                 * @description `time`: it is not due yet; `backoff`: its last attempt failed or crashed; `paused`: its kind is paused; `failing`: the last attempts of its kind all failed, and one at a time is sent until one succeeds; `no-worker-on-lane`; `no-worker-knows-kind`: no worker of the lane has a handler for the kind; `key`: as many jobs of its key as may run at once are before it; `schedule`: an earlier job of its schedule has not ended; `rate`; `in-flight`: a limit of its kind, or one that kinds share; `free-worker`: all workers that can run it are busy
                 */
                reason: "time" | "backoff" | "paused" | "failing" | "no-worker-on-lane" | "no-worker-knows-kind" | "key" | "schedule" | "rate" | "in-flight" | "free-worker";
                /** @description The reason in words */
                detail: string;
                /**
                 * Format: date-time
                 * @description When this reason ends, if that is known; RFC 3339 in UTC, milliseconds
                 */
                until?: string;
            };
        };
        StateCount: {
            /** @description At most 1000 */
            count: number;
            /** @description Whether there may be more */
            more: boolean;
        };
        JobList: {
            jobs: components["schemas"]["ListedJob"][];
            /** @description With `counts`: how many jobs of the query are in each state. An answer is kept for twenty times as long as it took */
            counts?: {
                waiting: components["schemas"]["StateCount"];
                sent: components["schemas"]["StateCount"];
                running: components["schemas"]["StateCount"];
                succeeded: components["schemas"]["StateCount"];
                failed: components["schemas"]["StateCount"];
                cancelled: components["schemas"]["StateCount"];
                expired: components["schemas"]["StateCount"];
            };
            /**
             * Format: cursor
             * @description `cursor` of the next page, or null on the last page
             */
            nextCursor: string | null;
        };
        CancelledJob: {
            /**
             * @description `cancelled`: it has ended; `asked`: its worker is asked to end it; `too late`: it had ended before
             */
            answer: "cancelled" | "asked" | "too late";
        };
        RetriedJob: {
            /**
             * @description `retried`: it waits for another attempt; `not ended`: it waits or runs anyway; `succeeded`: it is not run again
             */
            answer: "retried" | "not ended" | "succeeded";
        };
        /** @description Which jobs: of yours, or of everybody for an operator. At least one condition */
        CancellationFilter: {
            /** @description Only jobs of this kind */
            kind?: string;
            /**
             * @description Only jobs in this state. The default is all of these states
             */
            state?: "waiting" | "sent" | "running";
            /**
             * Format: well-formed
             * @description Only jobs with this key
             */
            key?: string;
            /** @description Only members of this group */
            group?: string;
            /**
             * Format: well-formed
             * @description Only jobs that failed with an error that contains this text, in upper or lower case
             */
            error?: string;
            /** @description Only jobs that were added in one of these traces; in a query: `trace=a&trace=b` */
            trace?: string[];
            /**
             * Format: well-formed
             * @description Only jobs whose id begins with this text, and jobs that failed with an error that contains it, in upper or lower case
             */
            q?: string;
            /** @description Only jobs of this lane */
            lane?: string;
            /** @description Only jobs that this schedule added */
            schedule?: string;
            /**
             * Format: date-time
             * @description Only jobs that were added then or later; RFC 3339 in UTC, milliseconds
             */
            from?: string;
            /**
             * Format: date-time
             * @description Only jobs that were added earlier; RFC 3339 in UTC, milliseconds
             */
            before?: string;
        };
        Cancellation: {
            filter: components["schemas"]["CancellationFilter"];
            /**
             * @description Only count, and change none. One request counts up to 100,000 jobs: there may be more if `nextCursor` is not null
             * @default false
             */
            dryRun?: boolean;
            /**
             * Format: date-time
             * @description Leaves alone what came after this instant, as `countedAt` of a dry run: jobs that were added later are not cancelled, and jobs that ended later are not retried. Jobs that are retried later are cancelled; RFC 3339 in UTC, milliseconds
             */
            asOf?: string;
            /**
             * Format: cursor
             * @description `nextCursor` of the previous answer
             */
            cursor?: string;
        };
        CancelledJobs: {
            /** @description Jobs that waited and have ended */
            cancelled?: number;
            /** @description Jobs that workers are asked to end */
            asked?: number;
            /** @description With `dryRun`: how many jobs this request has counted */
            matching?: number;
            /**
             * Format: date-time
             * @description With `dryRun`: when they were counted, for `asOf`; RFC 3339 in UTC, milliseconds
             */
            countedAt?: string;
            /**
             * Format: cursor
             * @description Repeat the request with this `cursor` to go on; null when no job is left
             */
            nextCursor: string | null;
        };
        /** @description Which jobs: of yours, or of everybody for an operator. At least one condition */
        RetryFilter: {
            /** @description Only jobs of this kind */
            kind?: string;
            /**
             * @description Only jobs in this state. The default is all of these states
             */
            state?: "failed" | "cancelled" | "expired";
            /**
             * Format: well-formed
             * @description Only jobs with this key
             */
            key?: string;
            /** @description Only members of this group */
            group?: string;
            /**
             * Format: well-formed
             * @description Only jobs that failed with an error that contains this text, in upper or lower case
             */
            error?: string;
            /** @description Only jobs that were added in one of these traces; in a query: `trace=a&trace=b` */
            trace?: string[];
            /**
             * Format: well-formed
             * @description Only jobs whose id begins with this text, and jobs that failed with an error that contains it, in upper or lower case
             */
            q?: string;
            /** @description Only jobs of this lane */
            lane?: string;
            /** @description Only jobs that this schedule added */
            schedule?: string;
            /**
             * Format: date-time
             * @description Only jobs that were added then or later; RFC 3339 in UTC, milliseconds
             */
            from?: string;
            /**
             * Format: date-time
             * @description Only jobs that were added earlier; RFC 3339 in UTC, milliseconds
             */
            before?: string;
        };
        Retry: {
            filter: components["schemas"]["RetryFilter"];
            /**
             * @description Only count, and change none. One request counts up to 100,000 jobs: there may be more if `nextCursor` is not null
             * @default false
             */
            dryRun?: boolean;
            /**
             * Format: date-time
             * @description Leaves alone what came after this instant, as `countedAt` of a dry run: jobs that were added later are not cancelled, and jobs that ended later are not retried. Jobs that are retried later are cancelled; RFC 3339 in UTC, milliseconds
             */
            asOf?: string;
            /**
             * Format: cursor
             * @description `nextCursor` of the previous answer
             */
            cursor?: string;
        };
        RetriedJobs: {
            /** @description Jobs that wait for another attempt */
            retried?: number;
            /** @description With `dryRun`: how many jobs this request has counted */
            matching?: number;
            /**
             * Format: date-time
             * @description With `dryRun`: when they were counted, for `asOf`; RFC 3339 in UTC, milliseconds
             */
            countedAt?: string;
            /**
             * Format: cursor
             * @description Repeat the request with this `cursor` to go on; null when no job is left
             */
            nextCursor: string | null;
        };
        NewGroup: {
            /** @description The jobs of the group */
            jobs: components["schemas"]["NewJob"][];
            /** @description A job to add afterwards. Its handler learns how the job or the group ended. At most 20 continuations in a row */
            then?: {
                /** @description The kind of job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
                kind: string;
                /** @description The input of the handler: any JSON of at most 64 KB; null if absent */
                data?: unknown;
                /**
                 * Format: well-formed
                 * @description What the job is about, for example a customer. A kind can limit how many jobs of one key run at once
                 */
                key?: string;
                /**
                 * @description 1 is the most urgent. A job that waits counts as one level more urgent every 5 minutes
                 * @default 3
                 */
                priority?: number;
                /**
                 * @description `success`: only if the job succeeded, or all jobs of the group did. `finish`: in any case. The default is `success` after a job, and `finish` after a group
                 */
                on?: "success" | "finish";
                /** @description The next continuation: the same fields */
                then?: Record<string, unknown>;
            };
            /**
             * @description False: more jobs can be added, until the group is closed by a request
             * @default true
             */
            close?: boolean;
            /** @description An id for the group. The same request with the same id again adds nothing */
            group?: string;
        };
        AddedJobs: {
            /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
            group: string;
            /** @description The ids of the jobs, in the order of the request */
            jobs: string[];
        };
        MoreJobs: {
            jobs: components["schemas"]["NewJob"][];
        };
        Group: {
            /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
            id: string;
            /**
             * @description `open`: jobs can be added; `closed`: no more; `finished`: all its jobs have ended
             */
            state: "open" | "closed" | "finished";
            /** @description Who made it: the token's `sub`, or the job whose handler did */
            owner: string;
            /**
             * Format: date-time
             * @description When it was made; RFC 3339 in UTC, milliseconds
             */
            addedAt: string;
            /**
             * Format: date-time
             * @description When it was closed; RFC 3339 in UTC, milliseconds
             */
            closedAt?: string;
            /**
             * Format: date-time
             * @description When its last job had ended; RFC 3339 in UTC, milliseconds
             */
            finishedAt?: string;
            /** @description The job whose handler requested it */
            parent?: string;
            /** @description The job to add when it has finished, as it was requested */
            then?: unknown;
            /** @description Its jobs by state. Of a group that has finished: as they were then, also when jobs are retried or removed afterwards */
            counts: {
                total: number;
                waiting: number;
                sent: number;
                running: number;
                succeeded: number;
                failed: number;
                cancelled: number;
                expired: number;
            };
            /** @description At most 10 of the jobs that failed */
            failures: {
                /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
                job: string;
                /** @description Why it failed: `error`, `timeout`, `invalid-data`, `result-invalid`, or `crashed` when its workers died */
                reason?: string;
                /** @description The beginning of the error */
                error?: string;
            }[];
        };
        GroupList: {
            groups: components["schemas"]["Group"][];
        };
        JobResult: {
            /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
            job: string;
            /** @description The kind of job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
            kind: string;
            /**
             * Format: well-formed
             * @description What the job is about, for example a customer. A kind can limit how many jobs of one key run at once
             */
            key?: string;
            /**
             * @description `waiting`: for its time, or for a turn; `sent`: to a worker that has not reported the start; `running`: a worker runs it; the others: it has ended
             */
            state: "waiting" | "sent" | "running" | "succeeded" | "failed" | "cancelled" | "expired";
            /** @description What its handler returned */
            result?: unknown;
            /** @description Why it failed: `error`, `timeout`, `invalid-data`, `result-invalid`, or `crashed` when its workers died */
            reason?: string;
            /** @description The error with which it failed */
            error?: string;
        };
        JobResults: {
            results: components["schemas"]["JobResult"][];
            /**
             * Format: cursor
             * @description `cursor` of the next page, or null on the last page
             */
            nextCursor: string | null;
        };
    };
    responses: {
        /** @description The day cannot be ended; or: The request is not valid */
        DayNotEndableOrRequestInvalid400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request needs a valid bearer token */
        AuthRequired401: {
            headers: {
                /** @description How to authenticate */
                "www-authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The token does not allow this request */
        AuthForbidden403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The path does not have this method */
        MethodNotAllowed405: {
            headers: {
                /** @description The methods that the path has */
                allow?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Request Timeout */
        RequestInvalid408: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Payload Too Large */
        RequestInvalid413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unsupported Media Type */
        RequestInvalid415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The schedule was fired by hand a moment ago; or: The user sends too many requests */
        ScheduleTooOftenOrTooManyRequests429: {
            headers: {
                /** @description The number of seconds to wait before the next attempt */
                "retry-after"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Request Header Fields Too Large */
        RequestInvalid431: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The service failed unexpectedly */
        Internal500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Tokens cannot be checked; or: The database cannot be reached */
        AuthUnavailableOrStoreUnavailable503: {
            headers: {
                /** @description The number of seconds to wait before the next attempt */
                "retry-after"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request is not valid */
        RequestInvalid400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The user sends too many requests */
        TooManyRequests429: {
            headers: {
                /** @description The number of seconds to wait before the next attempt */
                "retry-after"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such schedule */
        ScheduleNotFound404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description An end-of-day schedule cannot be changed */
        ScheduleBuiltin409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The schedule has changed since you read it */
        ScheduleChanged412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such dead letter */
        DeadLetterNotFound404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A replay has the dead letter now */
        DeadLetterBusy409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The kind has changed since you read it */
        KindChanged412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such kind */
        KindNotFound404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The limit has changed since you read it */
        LimitChanged412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such limit */
        LimitNotFound404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Kinds use the limit */
        LimitInUse409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such worker */
        WorkerNotFound404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The job or the attempt has ended */
        JobEnded410: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such job */
        JobNotFound404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Another worker runs this attempt */
        AttemptTaken409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The id stands for another request */
        JobConflict409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such group */
        GroupNotFound404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The id stands for another request; or: The group takes no more jobs */
        JobConflictOrGroupClosed409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Health = components['schemas']['Health'];
export type DayToEnd = components['schemas']['DayToEnd'];
export type EndedDay = components['schemas']['EndedDay'];
export type Problem = components['schemas']['Problem'];
export type ScheduledJob = components['schemas']['ScheduledJob'];
export type ScheduleDefinition = components['schemas']['ScheduleDefinition'];
export type Schedule = components['schemas']['Schedule'];
export type ScheduleList = components['schemas']['ScheduleList'];
export type NewSchedule = components['schemas']['NewSchedule'];
export type Firing = components['schemas']['Firing'];
export type NextFirings = components['schemas']['NextFirings'];
export type PastFiring = components['schemas']['PastFiring'];
export type PastFirings = components['schemas']['PastFirings'];
export type ScheduleChange = components['schemas']['ScheduleChange'];
export type ScheduleChanges = components['schemas']['ScheduleChanges'];
export type SchedulePreview = components['schemas']['SchedulePreview'];
export type FiredSchedule = components['schemas']['FiredSchedule'];
export type ListedDeadLetter = components['schemas']['ListedDeadLetter'];
export type DeadLetterPage = components['schemas']['DeadLetterPage'];
export type DeadLetterGroup = components['schemas']['DeadLetterGroup'];
export type DeadLetterGroups = components['schemas']['DeadLetterGroups'];
export type DeadLetter = components['schemas']['DeadLetter'];
export type ReplayedDeadLetter = components['schemas']['ReplayedDeadLetter'];
export type DeadLetterFilter = components['schemas']['DeadLetterFilter'];
export type ReplayOfDeadLetters = components['schemas']['ReplayOfDeadLetters'];
export type ReplayedDeadLetters = components['schemas']['ReplayedDeadLetters'];
export type DeletionOfDeadLetters = components['schemas']['DeletionOfDeadLetters'];
export type DeletedDeadLetters = components['schemas']['DeletedDeadLetters'];
export type AlarmReference = components['schemas']['AlarmReference'];
export type Alarm = components['schemas']['Alarm'];
export type UnknownAlarm = components['schemas']['UnknownAlarm'];
export type Alarms = components['schemas']['Alarms'];
export type WaitingWork = components['schemas']['WaitingWork'];
export type UncountedWork = components['schemas']['UncountedWork'];
export type Waiting = components['schemas']['Waiting'];
export type RateSeries = components['schemas']['RateSeries'];
export type Rates = components['schemas']['Rates'];
export type Backoff = components['schemas']['Backoff'];
export type Rate = components['schemas']['Rate'];
export type NewKind = components['schemas']['NewKind'];
export type KindDefinition = components['schemas']['KindDefinition'];
export type Kind = components['schemas']['Kind'];
export type KindList = components['schemas']['KindList'];
export type NewLimit = components['schemas']['NewLimit'];
export type LimitDefinition = components['schemas']['LimitDefinition'];
export type Limit = components['schemas']['Limit'];
export type LimitList = components['schemas']['LimitList'];
export type HeldAttempt = components['schemas']['HeldAttempt'];
export type Worker = components['schemas']['Worker'];
export type WorkerCounts = components['schemas']['WorkerCounts'];
export type WorkerList = components['schemas']['WorkerList'];
export type AskedWorker = components['schemas']['AskedWorker'];
export type Beat = components['schemas']['Beat'];
export type WorkerOrders = components['schemas']['WorkerOrders'];
export type NewStart = components['schemas']['NewStart'];
export type Lease = components['schemas']['Lease'];
export type NewProgress = components['schemas']['NewProgress'];
export type NotedProgress = components['schemas']['NotedProgress'];
export type NewOutcome = components['schemas']['NewOutcome'];
export type RecordedOutcome = components['schemas']['RecordedOutcome'];
export type NewClaim = components['schemas']['NewClaim'];
export type DueAttempt = components['schemas']['DueAttempt'];
export type Claim = components['schemas']['Claim'];
export type NewJob = components['schemas']['NewJob'];
export type Attempt = components['schemas']['Attempt'];
export type Job = components['schemas']['Job'];
export type ListedJob = components['schemas']['ListedJob'];
export type StateCount = components['schemas']['StateCount'];
export type JobList = components['schemas']['JobList'];
export type CancelledJob = components['schemas']['CancelledJob'];
export type RetriedJob = components['schemas']['RetriedJob'];
export type CancellationFilter = components['schemas']['CancellationFilter'];
export type Cancellation = components['schemas']['Cancellation'];
export type CancelledJobs = components['schemas']['CancelledJobs'];
export type RetryFilter = components['schemas']['RetryFilter'];
export type Retry = components['schemas']['Retry'];
export type RetriedJobs = components['schemas']['RetriedJobs'];
export type NewGroup = components['schemas']['NewGroup'];
export type AddedJobs = components['schemas']['AddedJobs'];
export type MoreJobs = components['schemas']['MoreJobs'];
export type Group = components['schemas']['Group'];
export type GroupList = components['schemas']['GroupList'];
export type JobResult = components['schemas']['JobResult'];
export type JobResults = components['schemas']['JobResults'];
export type ResponseDayNotEndableOrRequestInvalid400 = components['responses']['DayNotEndableOrRequestInvalid400'];
export type ResponseAuthRequired401 = components['responses']['AuthRequired401'];
export type ResponseAuthForbidden403 = components['responses']['AuthForbidden403'];
export type ResponseMethodNotAllowed405 = components['responses']['MethodNotAllowed405'];
export type ResponseRequestInvalid408 = components['responses']['RequestInvalid408'];
export type ResponseRequestInvalid413 = components['responses']['RequestInvalid413'];
export type ResponseRequestInvalid415 = components['responses']['RequestInvalid415'];
export type ResponseScheduleTooOftenOrTooManyRequests429 = components['responses']['ScheduleTooOftenOrTooManyRequests429'];
export type ResponseRequestInvalid431 = components['responses']['RequestInvalid431'];
export type ResponseInternal500 = components['responses']['Internal500'];
export type ResponseAuthUnavailableOrStoreUnavailable503 = components['responses']['AuthUnavailableOrStoreUnavailable503'];
export type ResponseRequestInvalid400 = components['responses']['RequestInvalid400'];
export type ResponseTooManyRequests429 = components['responses']['TooManyRequests429'];
export type ResponseScheduleNotFound404 = components['responses']['ScheduleNotFound404'];
export type ResponseScheduleBuiltin409 = components['responses']['ScheduleBuiltin409'];
export type ResponseScheduleChanged412 = components['responses']['ScheduleChanged412'];
export type ResponseDeadLetterNotFound404 = components['responses']['DeadLetterNotFound404'];
export type ResponseDeadLetterBusy409 = components['responses']['DeadLetterBusy409'];
export type ResponseKindChanged412 = components['responses']['KindChanged412'];
export type ResponseKindNotFound404 = components['responses']['KindNotFound404'];
export type ResponseLimitChanged412 = components['responses']['LimitChanged412'];
export type ResponseLimitNotFound404 = components['responses']['LimitNotFound404'];
export type ResponseLimitInUse409 = components['responses']['LimitInUse409'];
export type ResponseWorkerNotFound404 = components['responses']['WorkerNotFound404'];
export type ResponseJobEnded410 = components['responses']['JobEnded410'];
export type ResponseJobNotFound404 = components['responses']['JobNotFound404'];
export type ResponseAttemptTaken409 = components['responses']['AttemptTaken409'];
export type ResponseJobConflict409 = components['responses']['JobConflict409'];
export type ResponseGroupNotFound404 = components['responses']['GroupNotFound404'];
export type ResponseJobConflictOrGroupClosed409 = components['responses']['JobConflictOrGroupClosed409'];
export type $defs = Record<string, never>;
export interface operations {
    isLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    endDay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DayToEnd"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedDay"];
                };
            };
            400: components["responses"]["DayNotEndableOrRequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["ScheduleTooOftenOrTooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    listSchedules: {
        parameters: {
            query?: {
                /** @description Only schedules of this kind */
                kind?: "end-of-day" | "user";
                /** @description Only schedules whose name, or whose definition as JSON text, contains this text, in upper or lower case */
                q?: string;
                /** @description `late`: its next slot is over for 60 s, and it has not fired; `paused` and `ended` do not fire */
                state?: "active" | "late" | "paused" | "ended";
                /** @description The order: by name, or what fires next first and what does not fire last. In this order, a schedule that fires while you read the pages moves back, and you can miss it or see it twice */
                sort?: "name" | "next";
                /** @description `nextAfter` of the previous page, which must have the same `sort` */
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleList"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    readSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the schedule: at most 100 letters, digits, `.`, `_` and `-`, the first a letter or digit. Or the name of an end-of-day schedule */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["ScheduleNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    putSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that you read. If that is not the current version, the answer is 412 */
                "if-match"?: string;
                /** @description `*` to create. If the name is in use, the answer is 412 */
                "if-none-match"?: string;
            };
            path: {
                /** @description The name of the schedule: at most 100 letters, digits, `.`, `_` and `-`, the first a letter or digit. Or the name of an end-of-day schedule */
                name: string;
            };
            cookie?: never;
        };
        /** @description Exactly one of cron, every, at */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSchedule"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    /** @description The path of what was created */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["ScheduleBuiltin409"];
            412: components["responses"]["ScheduleChanged412"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    deleteSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that you read. If that is not the current version, the answer is 412 */
                "if-match"?: string;
            };
            path: {
                /** @description The name of the schedule: at most 100 letters, digits, `.`, `_` and `-`, the first a letter or digit. Or the name of an end-of-day schedule */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["ScheduleNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["ScheduleBuiltin409"];
            412: components["responses"]["ScheduleChanged412"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    previewSchedule: {
        parameters: {
            query?: {
                count?: number;
            };
            header?: never;
            path: {
                /** @description The name of the schedule: at most 100 letters, digits, `.`, `_` and `-`, the first a letter or digit. Or the name of an end-of-day schedule */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NextFirings"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["ScheduleNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    listScheduleFirings: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The name of the schedule: at most 100 letters, digits, `.`, `_` and `-`, the first a letter or digit. Or the name of an end-of-day schedule */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PastFirings"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["ScheduleNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    listScheduleChanges: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The name of the schedule: at most 100 letters, digits, `.`, `_` and `-`, the first a letter or digit. Or the name of an end-of-day schedule */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleChanges"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["ScheduleNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    previewDefinition: {
        parameters: {
            query?: {
                count?: number;
            };
            header?: never;
            path: {
                /** @description The name of the schedule: at most 100 letters, digits, `.`, `_` and `-`, the first a letter or digit. Or the name of an end-of-day schedule */
                name: string;
            };
            cookie?: never;
        };
        /** @description Exactly one of cron, every, at */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSchedule"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchedulePreview"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["ScheduleBuiltin409"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    pauseSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that you read. If that is not the current version, the answer is 412 */
                "if-match"?: string;
            };
            path: {
                /** @description The name of the schedule: at most 100 letters, digits, `.`, `_` and `-`, the first a letter or digit. Or the name of an end-of-day schedule */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["ScheduleNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["ScheduleBuiltin409"];
            412: components["responses"]["ScheduleChanged412"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    resumeSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that you read. If that is not the current version, the answer is 412 */
                "if-match"?: string;
            };
            path: {
                /** @description The name of the schedule: at most 100 letters, digits, `.`, `_` and `-`, the first a letter or digit. Or the name of an end-of-day schedule */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["ScheduleNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["ScheduleBuiltin409"];
            412: components["responses"]["ScheduleChanged412"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    fireSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that you read. If that is not the current version, the answer is 412 */
                "if-match"?: string;
            };
            path: {
                /** @description The name of the schedule: at most 100 letters, digits, `.`, `_` and `-`, the first a letter or digit. Or the name of an end-of-day schedule */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiredSchedule"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["ScheduleNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["ScheduleBuiltin409"];
            412: components["responses"]["ScheduleChanged412"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["ScheduleTooOftenOrTooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                /** @description Only messages of this topic, which may be one that its consumer group does not read any more */
                topic?: string;
                /** @description Only messages that this consumer group parked */
                group?: "scheduler-results" | "scheduler-requests" | "scheduler-incidents";
                /** @description Only messages with this key */
                key?: string;
                /** @description Only messages of this partition */
                partition?: number;
                /** @description Only the messages with this offset */
                offset?: string;
                /** @description Only letters whose error contains this text, in upper or lower case */
                error?: string;
                /** @description Only letters of one group of errors: `error` of `GET /dead-letters/groups` */
                errorGroup?: string;
                /** @description Only letters whose error, key, headers or value contain this text, in upper or lower case. Of messages over 64 KiB only the error and a key of up to 1 KiB are searched */
                text?: string;
                /** @description Only letters that were parked then or later; RFC 3339 in UTC, milliseconds */
                from?: string;
                /** @description Only letters that were parked earlier; RFC 3339 in UTC, milliseconds */
                before?: string;
                limit?: number;
                /** @description `nextCursor` of the previous answer */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterPage"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    groupDeadLetters: {
        parameters: {
            query?: {
                /** @description Only messages of this topic, which may be one that its consumer group does not read any more */
                topic?: string;
                /** @description Only messages that this consumer group parked */
                group?: "scheduler-results" | "scheduler-requests" | "scheduler-incidents";
                /** @description Only messages with this key */
                key?: string;
                /** @description Only messages of this partition */
                partition?: number;
                /** @description Only the messages with this offset */
                offset?: string;
                /** @description Only letters whose error contains this text, in upper or lower case */
                error?: string;
                /** @description Only letters of one group of errors: `error` of `GET /dead-letters/groups` */
                errorGroup?: string;
                /** @description Only letters whose error, key, headers or value contain this text, in upper or lower case. Of messages over 64 KiB only the error and a key of up to 1 KiB are searched */
                text?: string;
                /** @description Only letters that were parked then or later; RFC 3339 in UTC, milliseconds */
                from?: string;
                /** @description Only letters that were parked earlier; RFC 3339 in UTC, milliseconds */
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterGroups"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    readDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description <group>/<topic>/<partition>/<offset>; URL-encoded in a path, as in a%2Fb%2F0%2F7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["DeadLetterNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    deleteDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description <group>/<topic>/<partition>/<offset>; URL-encoded in a path, as in a%2Fb%2F0%2F7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["DeadLetterNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["DeadLetterBusy409"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    replayDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description <group>/<topic>/<partition>/<offset>; URL-encoded in a path, as in a%2Fb%2F0%2F7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedDeadLetter"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["DeadLetterNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    replayDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayOfDeadLetters"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedDeadLetters"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    deleteDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeletionOfDeadLetters"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedDeadLetters"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    listAlarms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alarms"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    countWaiting: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Waiting"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    readRates: {
        parameters: {
            query?: {
                /** @description How many minutes, with the present one */
                minutes?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rates"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    readKind: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The kind of job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Kind"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["KindNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    putKind: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that you read. If that is not the current version, the answer is 412 */
                "if-match"?: string;
                /** @description `*` to create. If the name is in use, the answer is 412 */
                "if-none-match"?: string;
            };
            path: {
                /** @description The kind of job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
                name: string;
            };
            cookie?: never;
        };
        /** @description The rules of a kind. Every field has a default */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKind"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Kind"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    /** @description The path of what was created */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Kind"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            412: components["responses"]["KindChanged412"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    deleteKind: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that you read. If that is not the current version, the answer is 412 */
                "if-match"?: string;
            };
            path: {
                /** @description The kind of job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["KindNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            412: components["responses"]["KindChanged412"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    listKinds: {
        parameters: {
            query?: {
                /** @description Only those whose name contains this text, in upper or lower case */
                q?: string;
                /** @description `nextAfter` of the previous page */
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KindList"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    readLimit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of a limit that several kinds share: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limit"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["LimitNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    putLimit: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that you read. If that is not the current version, the answer is 412 */
                "if-match"?: string;
                /** @description `*` to create. If the name is in use, the answer is 412 */
                "if-none-match"?: string;
            };
            path: {
                /** @description The name of a limit that several kinds share: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
                name: string;
            };
            cookie?: never;
        };
        /** @description Exactly one of rate, inFlight */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLimit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limit"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    /** @description The path of what was created */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limit"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            412: components["responses"]["LimitChanged412"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    deleteLimit: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that you read. If that is not the current version, the answer is 412 */
                "if-match"?: string;
            };
            path: {
                /** @description The name of a limit that several kinds share: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["LimitNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["LimitInUse409"];
            412: components["responses"]["LimitChanged412"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    listLimits: {
        parameters: {
            query?: {
                /** @description Only those whose name contains this text, in upper or lower case */
                q?: string;
                /** @description `nextAfter` of the previous page */
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitList"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    listWorkers: {
        parameters: {
            query?: {
                /** @description Only workers whose name, id, lane or kind contains this text, in upper or lower case */
                q?: string;
                /** @description Whether to count the workers of the query that are alive */
                counts?: "true" | "false";
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkerList"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    quietWorker: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of one process of a worker. A worker that is started again has another id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedWorker"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["WorkerNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    beat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of one process of a worker. A worker that is started again has another id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Beat"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkerOrders"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            410: components["responses"]["JobEnded410"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    stopWorker: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of one process of a worker. A worker that is started again has another id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Beat"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            410: components["responses"]["JobEnded410"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    startAttempt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
                id: string;
                /** @description The number of the attempt */
                n: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewStart"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lease"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["JobNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["AttemptTaken409"];
            410: components["responses"]["JobEnded410"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    reportProgress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
                id: string;
                /** @description The number of the attempt */
                n: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProgress"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotedProgress"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["JobNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["AttemptTaken409"];
            410: components["responses"]["JobEnded410"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    reportOutcome: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
                id: string;
                /** @description The number of the attempt */
                n: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOutcome"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedOutcome"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["JobNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            410: components["responses"]["JobEnded410"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    claimAttempts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The lane: the workers that read it run the job: 1 to 63 of a-z, 0-9, ".", "_" and "-", beginning with a letter or digit */
                lane: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewClaim"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Claim"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            410: components["responses"]["JobEnded410"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description Only jobs of this kind */
                kind?: string;
                /** @description Only jobs with this key */
                key?: string;
                /** @description Only members of this group */
                group?: string;
                /** @description Only jobs that were added in one of these traces; in a query: `trace=a&trace=b` */
                trace?: string[];
                /** @description Only jobs whose id begins with this text, and jobs that failed with an error that contains it, in upper or lower case */
                q?: string;
                /** @description Only jobs of this lane */
                lane?: string;
                /** @description Only jobs that this schedule added */
                schedule?: string;
                /** @description Only jobs that were added then or later; RFC 3339 in UTC, milliseconds */
                from?: string;
                /** @description Only jobs that were added earlier; RFC 3339 in UTC, milliseconds */
                before?: string;
                /** @description `waiting`: for its time, or for a turn; `sent`: to a worker that has not reported the start; `running`: a worker runs it; the others: it has ended */
                state?: "waiting" | "sent" | "running" | "succeeded" | "failed" | "cancelled" | "expired";
                /** @description Whether to say why jobs wait */
                why?: "true" | "false";
                /** @description Whether to count the jobs of the query in each state, whatever its `state` is */
                counts?: "true" | "false";
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobList"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    addJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of 1 to 255 visible characters that stands for this request. The same request with the same key again adds nothing; another request with it is refused with 409. Keys of different users are independent */
                "idempotency-key"?: string;
                /** @description `wait=N` answers only when the work has ended, or after N seconds, at most 60; `wait` alone means 60 (RFC 7240) */
                prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description A job. It has at most one of `at` and `in`. `coalesce` needs a `key` */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewJob"];
            };
        };
        responses: {
            /** @description A job */
            200: {
                headers: {
                    /** @description The wait that was granted. Absent when the request did not prefer to wait, or too many requests wait */
                    "preference-applied"?: string;
                    /** @description The path of the job */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description A job */
            202: {
                headers: {
                    /** @description The wait that was granted. Absent when the request did not prefer to wait, or too many requests wait */
                    "preference-applied"?: string;
                    /** @description The path of the job */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["JobConflict409"];
            410: components["responses"]["JobEnded410"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    readJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have: the answer is 304 while it is the current one */
                "if-none-match"?: string;
                /** @description `wait=N` answers only when the work has ended, or after N seconds, at most 60; `wait` alone means 60 (RFC 7240) */
                prefer?: string;
            };
            path: {
                /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A job */
            200: {
                headers: {
                    /** @description Another one whenever the answer differs, as If-None-Match takes it */
                    etag?: string;
                    /** @description The wait that was granted. Absent when the request did not prefer to wait, or too many requests wait */
                    "preference-applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    /** @description Another one whenever the answer differs, as If-None-Match takes it */
                    etag?: string;
                    /** @description The wait that was granted. Absent when the request did not prefer to wait, or too many requests wait */
                    "preference-applied"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["JobNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelledJob"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["JobNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    retryJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the job: 1 to 255 of A-Z, a-z, 0-9, ".", "_", ":", "~" and "-", beginning with a letter or digit */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetriedJob"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["JobNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    cancelJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Cancellation"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelledJobs"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    retryJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retry"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetriedJobs"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    addGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of 1 to 255 visible characters that stands for this request. The same request with the same key again adds nothing; another request with it is refused with 409. Keys of different users are independent */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGroup"];
            };
        };
        responses: {
            /** @description The same request was accepted before */
            200: {
                headers: {
                    /** @description The path of the group */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedJobs"];
                };
            };
            /** @description The jobs are added */
            202: {
                headers: {
                    /** @description The path of the group */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedJobs"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["JobConflict409"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    addJobsToGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of 1 to 255 visible characters that stands for this request. The same request with the same key again adds nothing; another request with it is refused with 409. Keys of different users are independent */
                "idempotency-key"?: string;
            };
            path: {
                /** @description The id of the group */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoreJobs"];
            };
        };
        responses: {
            /** @description The same request was accepted before */
            200: {
                headers: {
                    /** @description The path of the group */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedJobs"];
                };
            };
            /** @description The jobs are added */
            202: {
                headers: {
                    /** @description The path of the group */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedJobs"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["GroupNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["JobConflictOrGroupClosed409"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    listGroups: {
        parameters: {
            query: {
                /** @description The job whose handler made them */
                parent: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupList"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["JobNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    readGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the group */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["GroupNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    closeGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the group */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["GroupNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    readGroupResults: {
        parameters: {
            query?: {
                /** @description `waiting`: for its time, or for a turn; `sent`: to a worker that has not reported the start; `running`: a worker runs it; the others: it has ended */
                state?: "waiting" | "sent" | "running" | "succeeded" | "failed" | "cancelled" | "expired";
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The id of the group */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobResults"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["GroupNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
}
