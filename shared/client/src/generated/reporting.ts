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
    "/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your days in a month: how many completions count on each */
        get: operations["listDays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/days/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your day in its current state */
        get: operations["readDay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/days/{day}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log of your day */
        get: operations["readLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/completions/{taskId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of the completions of a task: projection, run, log file and line
         * @description Days without a completion of the task are left out, and so are, for others than admins, tasks of other users.
         */
        get: operations["readCompletions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs, newest day first */
        get: operations["listRuns"];
        put?: never;
        /**
         * Write the logs of days again, or for the first time
         * @description Orders a rerun of one day or a range of days. A day that is over and has no run gets its run, as if its end had just been received; a run in progress is followed; of a day that was reported, each log is written again, with its task files, also where nothing seems to have changed. So lost and damaged files are restored. No day is reported twice; each log whose bytes change is announced by DayAmended. The order is stored before the answer. 202: it is stored; 200: it was done within the time that `Prefer: wait=N` gave it, or it is a dry run. A repeated request makes another rerun, which does no harm.
         */
        post: operations["orderRerun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run */
        get: operations["readRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The logs of a run, by user */
        get: operations["listRunLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/writers/limit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many files the log writers write at most */
        get: operations["readWriterLimit"];
        /**
         * Limit how many files the log writers write
         * @description User logs and task files count, also those that are written again. The limit holds in all processes within a few seconds, also for what waits.
         */
        put: operations["setWriterLimit"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reruns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reruns, newest first
         * @description A rerun is forgotten a year after it was ordered.
         */
        get: operations["listReruns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reruns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A rerun: how far it is, and what became of each day
         * @description With `Prefer: wait=N` the answer comes when the rerun is done, or after N seconds.
         */
        get: operations["readRerun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The progress of a run as server-sent events
         * @description The last event has the state `done`, or `empty` if no task was completed.
         */
        get: operations["followRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reruns/{id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The progress of a rerun as server-sent events
         * @description The last event has the state `done`.
         */
        get: operations["followRerun"];
        put?: never;
        post?: never;
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
        DayOfMonth: {
            /**
             * Format: date
             * @description The day; a local date, YYYY-MM-DD
             */
            day: string;
            /** @description How many completions count now */
            completions: number;
            /** @description How often the bytes of the log have changed: 0 before it is written, more than 1 when it was amended */
            revision: number;
            /** @description Whether the log could not be written */
            failed: boolean;
        };
        Month: {
            /** @description The month, YYYY-MM */
            month: string;
            /**
             * Format: well-formed
             * @description The user's id
             */
            userId: string;
            /** @description The days that have a completion or a log, in their order */
            days: components["schemas"]["DayOfMonth"][];
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
        Completion: {
            /**
             * Format: uuid
             * @description The task's id, a UUIDv7
             */
            taskId: string;
            name: string;
            /**
             * Format: date-time
             * @description When the task was completed; RFC 3339 in UTC, milliseconds
             */
            completedAt: string;
            /**
             * Format: time-zone
             * @description The time zone of the user at that time; its current name in the IANA database
             */
            timeZone: string;
            /** @description Whether it came after the day was closed; null before that, or if an earlier version stored it */
            late: boolean | null;
        };
        TakenBackCompletion: {
            /**
             * Format: uuid
             * @description The task's id, a UUIDv7
             */
            taskId: string;
            /**
             * Format: time-zone
             * @description The time zone in which the completion counted; its current name in the IANA database
             */
            timeZone: string;
        };
        LogAmendment: {
            revision: number;
            /**
             * Format: date-time
             * @description When it was written; RFC 3339 in UTC, milliseconds
             */
            writtenAt: string;
            /** @description The run of the request that wrote it, for GET /runs/{id} */
            run: string;
            /**
             * @description late: after the day was closed a completion of it was added or taken back, or a log came after the report of its day; run: a run of the day wrote it, mostly that of another time zone in which the user completed tasks; again: an operator ordered to write it again; erased: text in it was erased
             */
            reason: "late" | "run" | "again" | "erased";
            /** @description How many lines the log had before */
            completionsBefore: number;
            /** @description How many lines it had then */
            completions: number;
            /** @description The trace of what caused it, or null when that is not known */
            trace: string | null;
        };
        Day: {
            /**
             * Format: date
             * @description The day; a local date, YYYY-MM-DD
             */
            day: string;
            /**
             * Format: well-formed
             * @description The user's id
             */
            userId: string;
            /** @description The completions of the day that count now, in the order of completion */
            completions: components["schemas"]["Completion"][];
            /** @description The newest 100 completions that were taken back after the day was closed, because their tasks were reopened; only on the first page. The names of their tasks are not stored: GET /tasks/{id}/history of the tasks service has what became of them */
            takenBack?: components["schemas"]["TakenBackCompletion"][];
            /** @description The cursor of the next completions; null when these are the last ones. `GET /days/{day}/log` has all of them */
            nextCursor: string | null;
            log: {
                /**
                 * @description open: the day is not over; empty: the day is over, and no task was completed; pending: the day is over, and its last events are not processed yet; writing: the logs of the day are written now; written: the log is written; amended: the log was written again with other bytes; removed: the log file was removed because of its age; failed: the log could not be written, see error. For a user without completions, the time zone of the token says whether the day is over
                 */
                state: "open" | "empty" | "pending" | "writing" | "written" | "amended" | "removed" | "failed";
                /** @description How often the bytes of the log have changed; 0 before it is written */
                revision: number;
                /** @description The SHA-256 of the log file in hexadecimal; null while there is no file */
                sha256: string | null;
                /**
                 * Format: date-time
                 * @description When the bytes of the log last changed
                 */
                writtenAt: string | null;
                /** @description The newest 20 revisions after the first one, by revision. Those that earlier versions wrote are missing */
                amendments: components["schemas"]["LogAmendment"][];
                /** @description Why the log could not be written */
                error?: string;
                /** @description The last writing of the log has failed, and it will be tried again */
                retrying?: {
                    /** @description How many attempts have failed, of 8 */
                    attempts: number;
                    /** @description The error of the last attempt */
                    error: string;
                };
            };
        };
        LogLine: {
            /**
             * Format: date-time
             * @description When the task was completed; RFC 3339 in UTC, milliseconds
             */
            completedAt: string;
            /**
             * Format: date-time
             * @description The same in the time zone, with its offset
             */
            localTime: string;
            /**
             * Format: time-zone
             * @description The time zone of the user at that time; its current name in the IANA database
             */
            timeZone: string;
            /**
             * Format: uuid
             * @description The task's id, a UUIDv7
             */
            taskId: string;
            name: string;
            /** @description The notes, or null */
            notes: string | null;
            /**
             * Format: date
             * @description The date on which the task was due, or null
             */
            dueOn: string | null;
            tags: string[];
        };
        LogLines: components["schemas"]["LogLine"][];
        RunOfCompletion: {
            /** @description For GET /runs/{id} */
            id: string;
            state: string;
            /**
             * Format: date-time
             * @description When the run was made; RFC 3339 in UTC, milliseconds
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When its log requests began, or null
             */
            writingAt: string | null;
            /**
             * Format: date-time
             * @description When the day was reported, or null
             */
            doneAt: string | null;
        };
        LogOfCompletion: {
            state: "written" | "failed";
            /** @description Its path below the folder of the log files */
            file: string;
            /** @description The line of the task, from 1; null when the file does not have it */
            line: number | null;
            /** @description How often the bytes of the file have changed; more than 1: it was amended */
            revision: number;
            /**
             * Format: date-time
             * @description When it was written first; null before, and if an earlier version amended it first
             */
            firstWrittenAt: string | null;
            /**
             * Format: date-time
             * @description When it changed last, or null
             */
            writtenAt: string | null;
            /** @description The runs that wrote it */
            runs: string[];
            /** @description The newest 20 revisions after the first one, by revision. Those that earlier versions wrote are missing */
            amendments: components["schemas"]["LogAmendment"][];
            /** @description Why it could not be written */
            error?: string;
        };
        CompletionOfDay: {
            /**
             * Format: date
             * @description The day; a local date, YYYY-MM-DD
             */
            day: string;
            /**
             * Format: time-zone
             * @description The time zone of its user at that time; its current name in the IANA database
             */
            timeZone: string;
            /**
             * Format: well-formed
             * @description The user's id
             */
            userId: string;
            /** @description The event's number within its task, from 1 without gaps */
            sequence: number;
            /** @description Whether the completion was taken back on the same day */
            takenBack: boolean;
            /**
             * Format: date-time
             * @description When the task was completed; null when that was taken back
             */
            completedAt: string | null;
            /** @description The partition of daybook.tasks from which it was read; null if an earlier version read it */
            partition: number | null;
            /** @description The offset, or null like `partition` */
            offset: string | null;
            /**
             * Format: date-time
             * @description When it was written into the projection; after a rebuild of the projection, the time of the rebuild; null if an earlier version wrote it
             */
            projectedAt: string | null;
            /** @description Whether it came after its day was closed, so that a late request wrote its log; null before there is a run, or without a place */
            late: boolean | null;
            /** @description The run of the day; null before there is one */
            run: components["schemas"]["RunOfCompletion"] | null;
            /** @description The log of the user; null before there is one */
            log: components["schemas"]["LogOfCompletion"] | null;
        };
        CompletionsOfTask: {
            completions: components["schemas"]["CompletionOfDay"][];
        };
        Run: {
            /** @description <day>@<timeZone> */
            id: string;
            /**
             * Format: date
             * @description The day; a local date, YYYY-MM-DD
             */
            day: string;
            /**
             * Format: time-zone
             * @description The time zone of the day; its current name in the IANA database
             */
            timeZone: string;
            /**
             * @description closing: waits until the events of the day are projected; writing: waits until the logs are written; empty: no task was completed, the run is removed next; done: the day is reported
             */
            state: "closing" | "writing" | "empty" | "done";
            /** @description How many log requests were sent, one for each user; null until all are sent */
            jobs: number | null;
            /** @description How many completions were listed; null like `jobs`, and for runs of earlier versions */
            completions: number | null;
            /** @description User logs written. A count is kept for twenty times as long as it took */
            written: number;
            /** @description User logs that could not be written */
            failed: number;
            /** @description Why the first log, by user, could not be written; null when all are written */
            firstError: string | null;
            /** @description Those of the written logs whose bytes have changed after they were first written */
            amended: number;
            /**
             * @description What a run that is not done waits for. tasks: that everything of the day is published; projection: that it is projected; writers: that the logs are written
             */
            waitsFor?: "tasks" | "projection" | "writers";
            /**
             * Format: date-time
             * @description When the end of the day was received; RFC 3339 in UTC, milliseconds
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When all events of the day had been projected
             */
            writingAt: string | null;
            /**
             * Format: date-time
             * @description When the last user log was written
             */
            doneAt: string | null;
            /** @description The SHA-256 of the report in the manifest of the day, as in DayReported; null before, and for runs of earlier versions */
            manifestSha256: string | null;
        };
        RunList: {
            runs: components["schemas"]["Run"][];
            /** @description The cursor of the next page; null on the last page */
            nextCursor: string | null;
        };
        NewRerun: {
            /**
             * Format: date
             * @description The only day; a local date, YYYY-MM-DD
             */
            day?: string;
            /**
             * Format: date
             * @description The first day of a range of at most 366 days; a local date, YYYY-MM-DD
             */
            from?: string;
            /**
             * Format: date
             * @description The last day of the range; a local date, YYYY-MM-DD
             */
            to?: string;
            /**
             * Format: time-zone
             * @description The only time zone. The default is every time zone in which something was completed on the day, or which has a run of it
             */
            timeZone?: string;
            /**
             * Format: well-formed
             * @description The only user whose logs are written again. The default is all. A day without a run gets its run, which is about all users
             */
            user?: string;
            /**
             * @description Only the logs that could not be written, of all users. A day without a run gets its run, which is about all logs
             * @default false
             */
            failed?: boolean;
            /**
             * @description Only say what would be written, and change nothing
             * @default false
             */
            dryRun?: boolean;
        } & (unknown | unknown);
        RerunDay: {
            /**
             * Format: date
             * @description The day; a local date, YYYY-MM-DD
             */
            day: string;
            /**
             * Format: time-zone
             * @description The time zone of the day; its current name in the IANA database
             */
            timeZone: string;
            /**
             * @description waiting: not begun; following: waits for the run of the day; writing: waits until the writers have written the logs again
             */
            state: "waiting" | "following" | "writing" | "done";
            /**
             * @description run: the run of the day writes the logs, because there was none, or it was not done; again: the day was reported, and its logs are written again; empty: the day is over, and no task was completed. Absent while that is not known
             */
            how?: "run" | "again" | "empty";
            /** @description How many log requests were sent */
            requests: number;
            /** @description How many of them the writers have passed */
            handled: number;
            /** @description Users who completed a task */
            users: number;
            /** @description Tasks that were completed */
            completions: number;
            /** @description Logs that are written; with `dryRun`, all that would be written, also those not compared */
            written: number;
            /** @description Logs of which the bytes have changed; each change of a reported day is announced by DayAmended */
            changed: number;
            /** @description Logs that could not be written */
            failed: number;
            /** @description The log of the only user */
            log?: {
                /**
                 * @description absent: the user has no log of this day. The others are as in GET /days/{day}
                 */
                state: "absent" | "written" | "amended" | "failed";
                /** @description How often the bytes of the log have changed */
                revision: number;
                /** @description The SHA-256 of the log file in hexadecimal; null while there is no file */
                sha256: string | null;
                /**
                 * Format: date-time
                 * @description When the bytes of the log last changed
                 */
                writtenAt: string | null;
            };
            /** @description With `dryRun`: how many logs were compared with their records and files; 10,000 of all days at most */
            compared?: number;
            /** @description With `dryRun`: how many of them have no file, or one with other bytes than their record says */
            restored?: number;
            /** @description With `dryRun`: the first logs that the rerun would change or restore */
            differences?: {
                /**
                 * Format: well-formed
                 * @description The user's id
                 */
                user: string;
                /**
                 * @description new: the log was never written; content: it would have other bytes; missing: the file is missing; damaged: the file has other bytes than its record says; failed: it could not be written before
                 */
                why: "new" | "content" | "missing" | "damaged" | "failed";
            }[];
        };
        Rerun: {
            /** @description The id of the rerun, a UUIDv7; null for a dry run */
            id: string | null;
            /**
             * Format: date
             * @description The first day; a local date, YYYY-MM-DD
             */
            from: string;
            /**
             * Format: date
             * @description The last day; a local date, YYYY-MM-DD
             */
            to: string;
            /** @description The only user; null for all */
            user: string | null;
            /** @description Whether it is only about logs that could not be written */
            failedOnly: boolean;
            /** @description Who ordered it */
            by: string;
            /**
             * @description dryRun: nothing was ordered; running: not all days are done
             */
            state: "dryRun" | "running" | "done";
            /** @description How many days in time zones it is about */
            total: number;
            /**
             * Format: date-time
             * @description When it was ordered; RFC 3339 in UTC, milliseconds
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When its last day was done
             */
            doneAt: string | null;
            /** @description How many of its days are done */
            done: number;
            /** @description How many log requests it has sent, one for each user of a day that was reported before */
            requests: number;
            /** @description How many of these requests the writers have passed, by the offsets of their topic */
            handled: number;
            /** @description Users who completed a task */
            users: number;
            /** @description Tasks that were completed */
            completions: number;
            /** @description Logs that are written; with `dryRun`, all that would be written, also those not compared */
            written: number;
            /** @description Logs of which the bytes have changed; each change of a reported day is announced by DayAmended */
            changed: number;
            /** @description Logs that could not be written */
            failed: number;
            /** @description The first logs that could not be written */
            failures: {
                /**
                 * Format: date
                 * @description The day; a local date, YYYY-MM-DD
                 */
                day: string;
                /**
                 * Format: time-zone
                 * @description The time zone of the day; its current name in the IANA database
                 */
                timeZone: string;
                /**
                 * Format: well-formed
                 * @description The user's id
                 */
                user: string;
                /** @description Why the log could not be written */
                error: string;
            }[];
            /** @description Its days in time zones */
            days: components["schemas"]["RerunDay"][];
        };
        RunLog: {
            /**
             * Format: well-formed
             * @description The user's id
             */
            userId: string;
            /**
             * @description written: the log is written; amended: its bytes have changed since; failed: it could not be written
             */
            state: "written" | "amended" | "failed";
            /** @description How often the bytes of the log have changed */
            revision: number;
            /** @description How many completions are in it */
            completions: number;
            /** @description The SHA-256 of the log file; null while there is no file */
            sha256: string | null;
            /**
             * Format: date-time
             * @description When its bytes last changed: of an amended log the time of its last amendment
             */
            writtenAt: string | null;
            /** @description Why it could not be written */
            error?: string;
            /**
             * Format: date-time
             * @description Since when it could not be written; RFC 3339 in UTC, milliseconds
             */
            failedAt?: string;
        };
        RunLogList: {
            logs: components["schemas"]["RunLog"][];
            /** @description The cursor of the next page; null on the last page */
            nextCursor: string | null;
        };
        WriterLimit: {
            /** @description Files a second that each process writes at most; null: no limit */
            perProcess: number | null;
            /** @description Files a second that all processes together write at most; null: no limit */
            total: number | null;
            /** @description How often the limit was set */
            version: number;
        };
        NewWriterLimit: {
            /** @description Files a second that each process writes at most; null: no limit */
            perProcess: number | null;
            /** @description Files a second that all processes together write at most; null: no limit */
            total: number | null;
        };
        /** @description A rerun. `ofRun`: with `run`, what became of the logs of this run */
        ListedRerun: {
            /** @description The id of the rerun, a UUIDv7; null for a dry run */
            id: string | null;
            /**
             * Format: date
             * @description The first day; a local date, YYYY-MM-DD
             */
            from: string;
            /**
             * Format: date
             * @description The last day; a local date, YYYY-MM-DD
             */
            to: string;
            /** @description The only user; null for all */
            user: string | null;
            /** @description Whether it is only about logs that could not be written */
            failedOnly: boolean;
            /** @description Who ordered it */
            by: string;
            /**
             * @description dryRun: nothing was ordered; running: not all days are done
             */
            state: "dryRun" | "running" | "done";
            /** @description How many days in time zones it is about */
            total: number;
            /**
             * Format: date-time
             * @description When it was ordered; RFC 3339 in UTC, milliseconds
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When its last day was done
             */
            doneAt: string | null;
            ofRun?: components["schemas"]["RerunDay"];
        };
        RerunList: {
            reruns: components["schemas"]["ListedRerun"][];
            /** @description The cursor of the next page; null on the last page */
            nextCursor: string | null;
        };
        /** @description The fields of each event; `data` is JSON */
        StateEvent: {
            /** @enum {string} */
            event: "state";
            /** @enum {string} */
            id?: "last";
            data: string;
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
            group?: "reporting-projection" | "reporting-clock" | "reporting-writer" | "reporting-late-writer";
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
            /** @description Completions, and completions taken back, that were written to the projection */
            projected: number[];
            /** @description Runs that were asked for, by the end of a day in a time zone or a late completion */
            endsOfDay: number[];
            /** @description User logs that were written */
            logs: number[];
            /** @description User logs that amended their day */
            amendments: number[];
            /** @description Days of a time zone that were reported */
            reports: number[];
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
    };
    responses: {
        /** @description The request is not valid */
        RequestInvalid400: {
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
        /** @description No task was completed on this day; or: The log of this day is not written yet */
        DayEmptyOrLogNotWritten404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The log of this day was removed because of its age */
        LogRemoved410: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The day is not over */
        DayNotOver409: {
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
        /** @description There is no such run; or: No task was completed on this day; or: The run of this day is not made yet */
        RunNotFoundOrDayEmptyOrRunPending404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such rerun */
        RerunNotFound404: {
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
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Health = components['schemas']['Health'];
export type DayOfMonth = components['schemas']['DayOfMonth'];
export type Month = components['schemas']['Month'];
export type Problem = components['schemas']['Problem'];
export type Completion = components['schemas']['Completion'];
export type TakenBackCompletion = components['schemas']['TakenBackCompletion'];
export type LogAmendment = components['schemas']['LogAmendment'];
export type Day = components['schemas']['Day'];
export type LogLine = components['schemas']['LogLine'];
export type LogLines = components['schemas']['LogLines'];
export type RunOfCompletion = components['schemas']['RunOfCompletion'];
export type LogOfCompletion = components['schemas']['LogOfCompletion'];
export type CompletionOfDay = components['schemas']['CompletionOfDay'];
export type CompletionsOfTask = components['schemas']['CompletionsOfTask'];
export type Run = components['schemas']['Run'];
export type RunList = components['schemas']['RunList'];
export type NewRerun = components['schemas']['NewRerun'];
export type RerunDay = components['schemas']['RerunDay'];
export type Rerun = components['schemas']['Rerun'];
export type RunLog = components['schemas']['RunLog'];
export type RunLogList = components['schemas']['RunLogList'];
export type WriterLimit = components['schemas']['WriterLimit'];
export type NewWriterLimit = components['schemas']['NewWriterLimit'];
export type ListedRerun = components['schemas']['ListedRerun'];
export type RerunList = components['schemas']['RerunList'];
export type StateEvent = components['schemas']['StateEvent'];
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
export type ResponseRequestInvalid400 = components['responses']['RequestInvalid400'];
export type ResponseAuthRequired401 = components['responses']['AuthRequired401'];
export type ResponseAuthForbidden403 = components['responses']['AuthForbidden403'];
export type ResponseMethodNotAllowed405 = components['responses']['MethodNotAllowed405'];
export type ResponseRequestInvalid408 = components['responses']['RequestInvalid408'];
export type ResponseTooManyRequests429 = components['responses']['TooManyRequests429'];
export type ResponseRequestInvalid431 = components['responses']['RequestInvalid431'];
export type ResponseInternal500 = components['responses']['Internal500'];
export type ResponseAuthUnavailableOrStoreUnavailable503 = components['responses']['AuthUnavailableOrStoreUnavailable503'];
export type ResponseDayEmptyOrLogNotWritten404 = components['responses']['DayEmptyOrLogNotWritten404'];
export type ResponseLogRemoved410 = components['responses']['LogRemoved410'];
export type ResponseDayNotOver409 = components['responses']['DayNotOver409'];
export type ResponseRequestInvalid413 = components['responses']['RequestInvalid413'];
export type ResponseRequestInvalid415 = components['responses']['RequestInvalid415'];
export type ResponseRunNotFoundOrDayEmptyOrRunPending404 = components['responses']['RunNotFoundOrDayEmptyOrRunPending404'];
export type ResponseRerunNotFound404 = components['responses']['RerunNotFound404'];
export type ResponseDeadLetterNotFound404 = components['responses']['DeadLetterNotFound404'];
export type ResponseDeadLetterBusy409 = components['responses']['DeadLetterBusy409'];
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
    listDays: {
        parameters: {
            query: {
                /** @description The month, YYYY-MM */
                month: string;
                /** @description The user whose day an admin asks for. The default is yourself */
                user?: string;
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
                    "application/json": components["schemas"]["Month"];
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
    readDay: {
        parameters: {
            query?: {
                /** @description The user whose day an admin asks for. The default is yourself */
                user?: string;
                /** @description How many completions are returned at most */
                limit?: number;
                /** @description `nextCursor` of the previous page of the day */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The day; a local date, YYYY-MM-DD */
                day: string;
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
                    "application/json": components["schemas"]["Day"];
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
    readLog: {
        parameters: {
            query?: {
                /** @description The user whose day an admin asks for. The default is yourself */
                user?: string;
                /** @description text: the log file as it was written, once the day is over; csv, ndjson and json: the completions that count now, also before the day is over */
                format?: "text" | "csv" | "ndjson" | "json";
            };
            header?: never;
            path: {
                /** @description The day; a local date, YYYY-MM-DD */
                day: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                    "text/csv; charset=utf-8": string;
                    "application/x-ndjson; charset=utf-8": string;
                    "application/json; charset=utf-8": components["schemas"]["LogLines"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["DayEmptyOrLogNotWritten404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            410: components["responses"]["LogRemoved410"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    readCompletions: {
        parameters: {
            query: {
                /** @description The days to look at, `day=a&day=b`: those of the completions in `GET /tasks/{id}/history` of tasks */
                day: string[];
            };
            header?: never;
            path: {
                /** @description The task's id, a UUIDv7 */
                taskId: string;
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
                    "application/json": components["schemas"]["CompletionsOfTask"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /** @description closing: waits until the events of the day are projected; writing: waits until the logs are written; empty: no task was completed, the run is removed next; done: the day is reported */
                state?: "closing" | "writing" | "empty" | "done";
                /** @description Whether to list only runs with a log that could not be written: of the 10,000 logs that failed last */
                failed?: "true" | "false";
                /** @description Only runs of this day; a local date, YYYY-MM-DD */
                day?: string;
                /** @description Only runs in this time zone; its current name in the IANA database */
                timeZone?: string;
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
                    "application/json": components["schemas"]["RunList"];
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
    orderRerun: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=N` answers only when the work has ended, or after N seconds, at most 60; `wait` alone means 60 (RFC 7240) */
                prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRerun"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The wait that was granted. Absent when the request did not prefer to wait, or too many requests wait */
                    "preference-applied"?: string;
                    /** @description The path of the rerun */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rerun"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    /** @description The wait that was granted. Absent when the request did not prefer to wait, or too many requests wait */
                    "preference-applied"?: string;
                    /** @description The path of the rerun */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rerun"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["DayNotOver409"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    readRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description <day>@<timeZone>, URL-encoded, as in 2026-11-22@Europe%2FBerlin */
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
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["RunNotFoundOrDayEmptyOrRunPending404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    listRunLogs: {
        parameters: {
            query?: {
                /** @description Only logs in this state */
                state?: "written" | "amended" | "failed";
                /** @description Only users whose id contains this text, in upper or lower case */
                q?: string;
                limit?: number;
                /** @description `nextCursor` of the previous page */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description <day>@<timeZone>, URL-encoded, as in 2026-11-22@Europe%2FBerlin */
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
                    "application/json": components["schemas"]["RunLogList"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["RunNotFoundOrDayEmptyOrRunPending404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    readWriterLimit: {
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
                    "application/json": components["schemas"]["WriterLimit"];
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
    setWriterLimit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWriterLimit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriterLimit"];
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
    listReruns: {
        parameters: {
            query?: {
                limit?: number;
                /** @description Only reruns of the logs of this run, `<day>@<timeZone>`, each with what became of them */
                run?: string;
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
                    "application/json": components["schemas"]["RerunList"];
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
    readRerun: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=N` answers only when the work has ended, or after N seconds, at most 60; `wait` alone means 60 (RFC 7240) */
                prefer?: string;
            };
            path: {
                /** @description The id of the rerun */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The wait that was granted. Absent when the request did not prefer to wait, or too many requests wait */
                    "preference-applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rerun"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["RerunNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    followRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the last event that the client has. After `last` the answer is 204 */
                "last-event-id"?: string;
            };
            path: {
                /** @description <day>@<timeZone>, URL-encoded, as in 2026-11-22@Europe%2FBerlin */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events. Each event `state` has the answer of GET /runs/{id} as its data; it comes at once and after each change. The last one has the id `last` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["StateEvent"];
                };
            };
            /** @description The client has the last event */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["RunNotFoundOrDayEmptyOrRunPending404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    followRerun: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the last event that the client has. After `last` the answer is 204 */
                "last-event-id"?: string;
            };
            path: {
                /** @description The id of the rerun */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events. Each event `state` has the answer of GET /reruns/{id} without its days as its data; it comes at once and after each change. The last one has the id `last` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["StateEvent"];
                };
            };
            /** @description The client has the last event */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            404: components["responses"]["RerunNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
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
                group?: "reporting-projection" | "reporting-clock" | "reporting-writer" | "reporting-late-writer";
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
                group?: "reporting-projection" | "reporting-clock" | "reporting-writer" | "reporting-late-writer";
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
}
