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
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your tasks, newest first
         * @description Read the pages one after the other with `nextCursor`. In the default order, every task that exists from the first page to the last is on exactly one page, even when tasks change meanwhile.
         */
        get: operations["listTasks"];
        put?: never;
        /** Create a task */
        post: operations["createTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send up to 1,000 commands at once
         * @description Each command is carried out or refused for itself. Commands to one task are carried out in their order. If the form of any command is invalid, the whole batch is refused and nothing is done.
         */
        post: operations["sendBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task */
        get: operations["readTask"];
        put?: never;
        post?: never;
        /**
         * Delete a task
         * @description To undo it, send `POST /tasks/{id}/restore`, with the ETag of this answer as If-Match if nobody else may have restored and changed the task since.
         */
        delete: operations["deleteTask"];
        options?: never;
        head?: never;
        /** Edit an open task */
        patch: operations["editTask"];
        trace?: never;
    };
    "/tasks/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete a task: it counts on the current day in your time zone */
        post: operations["completeTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reopen a completed task */
        post: operations["reopenTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a deleted task: it is open or completed, as before its deletion
         * @description The answer for a task that is not deleted is the task as it is.
         */
        post: operations["restoreTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task's history, also after the task was deleted */
        get: operations["readTaskEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/deleted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your deleted tasks, those first that were created last
         * @description A task whose text was erased is not in it.
         */
        get: operations["listDeletedTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of each event of a task: its request, and where it was published
         * @description Also after the task was deleted. An admin sees the tasks of all users. `GET /completions/{taskId}` of reporting continues it with the projection and the log.
         */
        get: operations["readTaskHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/traces/{trace}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The events that the requests of a trace caused
         * @description At most 1000, in the order of their times; `more` says whether there are others. An admin sees those of all users.
         */
        get: operations["findTasksOfTrace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your tasks that changed since a token, also deleted ones
         * @description For a client that keeps a copy of the tasks: keep `next`, and send it as `since`. A task appears in its latest state, so several changes between two requests appear as one. No change is missed. A change of the last 30 seconds can appear again: ignore a task whose `version` is not greater than the one you have.
         */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Erase the text of all your tasks
         * @description Erases the names, notes and tags of all tasks that were created until now, from the tasks, their history, the projection and the log files. The tasks are deleted, and none of them can be restored. What stays: ids, times, days, and so all counts. The request is stored before the answer. 202: it is stored; 200: the service has done its part within the time that `Prefer: wait=N` gave it. Reporting follows, and announces each log that it writes again by DayAmended. A repeated request makes another erasure, which does no harm.
         */
        delete: operations["eraseMe"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Erase the text of all of a user's tasks (admin)
         * @description Erases the names, notes and tags of all tasks that were created until now, from the tasks, their history, the projection and the log files. The tasks are deleted, and none of them can be restored. What stays: ids, times, days, and so all counts. The request is stored before the answer. 202: it is stored; 200: the service has done its part within the time that `Prefer: wait=N` gave it. Reporting follows, and announces each log that it writes again by DayAmended. A repeated request makes another erasure, which does no harm.
         */
        delete: operations["eraseUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/erasures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An erasure: whether it is done
         * @description With `Prefer: wait=N` the answer comes when it is done, or after N seconds. An erasure is forgotten a year after it was done.
         */
        get: operations["getErasure"];
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
    "/asyncapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The AsyncAPI document of all events on Kafka */
        get: operations["getAsyncApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schemas/{type}/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The JSON Schema of an event type in a version */
        get: operations["getEventSchema"];
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
        NewTask: {
            /**
             * Format: well-formed
             * @description The name of the task, 1 to 500 characters
             */
            name: string;
            /**
             * Format: well-formed
             * @description Notes about the task, or null
             */
            notes?: string | null;
            /**
             * Format: date
             * @description The local date on which the task is due, or null
             */
            dueOn?: string | null;
            /** @description Labels, in the user's order */
            tags?: string[];
        };
        /** @description A task. Its ETag is its version */
        Task: {
            /**
             * Format: uuid
             * @description The task's id, a UUIDv7
             */
            id: string;
            /**
             * Format: well-formed
             * @description The user's id
             */
            userId: string;
            /**
             * Format: well-formed
             * @description The name of the task, 1 to 500 characters
             */
            name: string;
            /**
             * Format: well-formed
             * @description Notes about the task, or null
             */
            notes: string | null;
            /**
             * Format: date
             * @description The local date on which the task is due, or null
             */
            dueOn: string | null;
            /** @description Labels, in the user's order */
            tags: string[];
            status: "open" | "completed";
            /**
             * Format: date-time
             * @description When it was created; RFC 3339 in UTC, milliseconds
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it last changed; RFC 3339 in UTC, milliseconds
             */
            updatedAt: string;
            /**
             * Format: date-time
             * @description When it was completed, or null
             */
            completedAt: string | null;
            /** @description The event's number within its task, from 1 without gaps */
            version: number;
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
        TaskList: {
            tasks: components["schemas"]["Task"][];
            /**
             * Format: cursor
             * @description `cursor` of the next page, or null on the last page
             */
            nextCursor: string | null;
        };
        CreateCommand: {
            /** @enum {string} */
            type: "create";
            task: components["schemas"]["NewTask"];
        };
        /** @description JSON merge patch (RFC 7396) */
        TaskChanges: {
            /**
             * Format: well-formed
             * @description The name of the task, 1 to 500 characters
             */
            name?: string;
            /**
             * Format: well-formed
             * @description Notes about the task, or null
             */
            notes?: string | null;
            /**
             * Format: date
             * @description The local date on which the task is due, or null
             */
            dueOn?: string | null;
            /** @description Labels; null removes all */
            tags?: string[] | null;
        };
        EditCommand: {
            /** @enum {string} */
            type: "edit";
            /**
             * Format: uuid
             * @description The task's id, a UUIDv7
             */
            taskId: string;
            /** @description Like If-Match: the command is refused unless this is the version of the task */
            version?: number;
            changes: components["schemas"]["TaskChanges"];
        };
        StateCommand: {
            type: "complete" | "reopen" | "delete" | "restore";
            /**
             * Format: uuid
             * @description The task's id, a UUIDv7
             */
            taskId: string;
            /** @description Like If-Match: the command is refused unless this is the version of the task */
            version?: number;
        };
        /** @description Which fields a command has depends on its type */
        BatchCommand: components["schemas"]["CreateCommand"] | components["schemas"]["EditCommand"] | components["schemas"]["StateCommand"];
        Batch: {
            commands: components["schemas"]["BatchCommand"][];
        };
        /** @description The task after the command, except after a deletion, or why the command was refused */
        BatchResult: {
            /** @description The status that the command alone would have been answered with */
            status: number;
            task?: components["schemas"]["Task"];
            problem?: components["schemas"]["Problem"];
        };
        BatchResults: {
            /** @description One result for each command, in their order */
            results: components["schemas"]["BatchResult"][];
        };
        TaskEvent: {
            id: string;
            type: string;
            /**
             * Format: date-time
             * @description When it happened; RFC 3339 in UTC, milliseconds
             */
            time: string;
            /** @description The data of the event as published, see docs/events.md */
            data: unknown;
        };
        TaskHistory: {
            /** @description `after` of the next page, or null on the last page */
            nextAfter: number | null;
            events: components["schemas"]["TaskEvent"][];
        };
        /** @description A deleted task, which `POST /tasks/{id}/restore` brings back */
        DeletedTaskInList: {
            /**
             * Format: uuid
             * @description The task's id, a UUIDv7
             */
            id: string;
            /**
             * Format: well-formed
             * @description The user's id
             */
            userId: string;
            /**
             * Format: well-formed
             * @description The name of the task, 1 to 500 characters
             */
            name: string;
            /**
             * Format: date-time
             * @description When it was created; RFC 3339 in UTC, milliseconds
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was deleted; RFC 3339 in UTC, milliseconds
             */
            deletedAt: string;
        };
        DeletedTaskList: {
            tasks: components["schemas"]["DeletedTaskInList"][];
            /**
             * Format: cursor
             * @description `cursor` of the next page, or null on the last page
             */
            nextCursor: string | null;
        };
        /** @description An event of a task without the text of the task, and where it was published first */
        TaskStep: {
            /** @description The id of the event */
            id: string;
            /**
             * Format: uuid
             * @description The task's id, a UUIDv7
             */
            taskId: string;
            /**
             * Format: well-formed
             * @description The user's id
             */
            userId: string;
            /** @description The event's number within its task, from 1 without gaps */
            sequence: number;
            type: string;
            /**
             * Format: date-time
             * @description When it happened; RFC 3339 in UTC, milliseconds
             */
            time: string;
            /** @description The id of the trace of the request that caused it; log lines have it too */
            trace: string | null;
            /**
             * Format: date
             * @description The day of a completion, or of one taken back
             */
            day?: string;
            /** @description Its time zone */
            timeZone?: string;
            /** @description Whether it is on daybook.tasks */
            published: boolean;
            /** @description Its partition of daybook.tasks; null before, and if an earlier version published it */
            partition: number | null;
            /** @description Its offset, or null like `partition` */
            offset: string | null;
            /**
             * Format: date-time
             * @description When it was published, or null like `partition`
             */
            publishedAt: string | null;
        };
        TaskSteps: {
            /**
             * Format: uuid
             * @description The task's id, a UUIDv7
             */
            taskId: string;
            /**
             * Format: well-formed
             * @description The user's id
             */
            userId: string;
            steps: components["schemas"]["TaskStep"][];
            /** @description `after` of the next page, or null on the last page */
            nextAfter: number | null;
        };
        TraceSteps: {
            steps: components["schemas"]["TaskStep"][];
            /** @description Whether there are other events of the trace */
            more: boolean;
        };
        /** @description A task that was deleted */
        DeletedTask: {
            /**
             * Format: uuid
             * @description The task's id, a UUIDv7
             */
            id: string;
            /** @enum {boolean} */
            deleted: true;
            /** @description The event's number within its task, from 1 without gaps */
            version: number;
            /**
             * Format: date-time
             * @description When it was deleted; RFC 3339 in UTC, milliseconds
             */
            deletedAt: string;
        };
        ChangedTasks: {
            /** @description The latest state of each task that changed, in the order of the changes */
            tasks: (components["schemas"]["Task"] | components["schemas"]["DeletedTask"])[];
            /**
             * Format: cursor
             * @description `since` of the next request
             */
            next: string;
            /** @description Whether there are more changes already: ask again at once */
            more: boolean;
        };
        /** @description A request to erase the text of all tasks of a user */
        Erasure: {
            /** Format: uuid */
            id: string;
            /**
             * Format: well-formed
             * @description The user's id
             */
            userId: string;
            state: "pending" | "done";
            /**
             * Format: date-time
             * @description The tasks that were created until then are erased; RFC 3339 in UTC, milliseconds
             */
            requestedAt: string;
            /**
             * Format: date-time
             * @description When it was done, or null
             */
            doneAt: string | null;
            /** @description How many tasks were erased; null before it is done */
            tasks: number | null;
            /** @description How many events these tasks have; null before it is done */
            events: number | null;
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
            group?: "tasks-clock";
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
            /** @description Events that were stored: commands that changed a task */
            events: number[];
            /** @description Events that were published on daybook.tasks, again after a failure */
            published: number[];
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
        /** @description An AsyncAPI 3 document */
        AsyncApi: {
            [key: string]: unknown;
        };
        /** @description A JSON Schema, draft 2020-12 */
        EventSchema: {
            [key: string]: unknown;
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
        /** @description The Idempotency-Key stands for another request */
        IdempotencyKeyReused422: {
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
        /** @description The token does not allow this request */
        AuthForbidden403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The search takes too long */
        SearchTooLong422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such task */
        TaskNotFound404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A completed task cannot be edited */
        TaskCompleted409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The task has changed since you read it */
        TaskChanged412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such erasure */
        ErasureNotFound404: {
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
        /** @description There is no such path */
        RouteNotFound404: {
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
export type NewTask = components['schemas']['NewTask'];
export type Task = components['schemas']['Task'];
export type Problem = components['schemas']['Problem'];
export type TaskList = components['schemas']['TaskList'];
export type CreateCommand = components['schemas']['CreateCommand'];
export type TaskChanges = components['schemas']['TaskChanges'];
export type EditCommand = components['schemas']['EditCommand'];
export type StateCommand = components['schemas']['StateCommand'];
export type BatchCommand = components['schemas']['BatchCommand'];
export type Batch = components['schemas']['Batch'];
export type BatchResult = components['schemas']['BatchResult'];
export type BatchResults = components['schemas']['BatchResults'];
export type TaskEvent = components['schemas']['TaskEvent'];
export type TaskHistory = components['schemas']['TaskHistory'];
export type DeletedTaskInList = components['schemas']['DeletedTaskInList'];
export type DeletedTaskList = components['schemas']['DeletedTaskList'];
export type TaskStep = components['schemas']['TaskStep'];
export type TaskSteps = components['schemas']['TaskSteps'];
export type TraceSteps = components['schemas']['TraceSteps'];
export type DeletedTask = components['schemas']['DeletedTask'];
export type ChangedTasks = components['schemas']['ChangedTasks'];
export type Erasure = components['schemas']['Erasure'];
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
export type AsyncApi = components['schemas']['AsyncApi'];
export type EventSchema = components['schemas']['EventSchema'];
export type ResponseRequestInvalid400 = components['responses']['RequestInvalid400'];
export type ResponseAuthRequired401 = components['responses']['AuthRequired401'];
export type ResponseMethodNotAllowed405 = components['responses']['MethodNotAllowed405'];
export type ResponseRequestInvalid408 = components['responses']['RequestInvalid408'];
export type ResponseRequestInvalid413 = components['responses']['RequestInvalid413'];
export type ResponseRequestInvalid415 = components['responses']['RequestInvalid415'];
export type ResponseIdempotencyKeyReused422 = components['responses']['IdempotencyKeyReused422'];
export type ResponseTooManyRequests429 = components['responses']['TooManyRequests429'];
export type ResponseRequestInvalid431 = components['responses']['RequestInvalid431'];
export type ResponseInternal500 = components['responses']['Internal500'];
export type ResponseAuthUnavailableOrStoreUnavailable503 = components['responses']['AuthUnavailableOrStoreUnavailable503'];
export type ResponseAuthForbidden403 = components['responses']['AuthForbidden403'];
export type ResponseSearchTooLong422 = components['responses']['SearchTooLong422'];
export type ResponseTaskNotFound404 = components['responses']['TaskNotFound404'];
export type ResponseTaskCompleted409 = components['responses']['TaskCompleted409'];
export type ResponseTaskChanged412 = components['responses']['TaskChanged412'];
export type ResponseErasureNotFound404 = components['responses']['ErasureNotFound404'];
export type ResponseDeadLetterNotFound404 = components['responses']['DeadLetterNotFound404'];
export type ResponseDeadLetterBusy409 = components['responses']['DeadLetterBusy409'];
export type ResponseRouteNotFound404 = components['responses']['RouteNotFound404'];
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
    listTasks: {
        parameters: {
            query?: {
                /** @description The user whose tasks an admin asks for. The default is yourself */
                user?: string;
                /** @description Whether to list the tasks of all users, which only an admin can ask for, without `user` and in the default order. MongoDB searches the newest tasks first, for at most 2 s */
                allUsers?: "true" | "false";
                status?: "open" | "completed";
                /** @description Only tasks with this tag; `tag=a&tag=b`: only tasks with both tags */
                tag?: string[];
                /** @description Only tasks due on this day; a local date, YYYY-MM-DD */
                dueOn?: string;
                /** @description Only tasks due before this day; a local date, YYYY-MM-DD */
                dueBefore?: string;
                /** @description Only tasks due after this day; a local date, YYYY-MM-DD */
                dueAfter?: string;
                /** @description Only tasks completed before this day, in the time zone of the completion; a local date, YYYY-MM-DD */
                completedBefore?: string;
                /** @description Only tasks completed after this day, in the time zone of the completion; a local date, YYYY-MM-DD */
                completedAfter?: string;
                /** @description Only tasks whose name contains this text, whatever its Unicode form and case. Accents count */
                q?: string;
                /** @description The order, newest first: by creation or by last change. In the order by last change, a task that changes while you read the pages moves to the front, and you can miss it */
                sort?: "-createdAt" | "-updatedAt";
                limit?: number;
                /** @description `nextCursor` of the previous page, which must have the same `sort` */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that you have: the answer is 304 while it is the current one */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Another one whenever the answer differs, as If-None-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskList"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    /** @description Another one whenever the answer differs, as If-None-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            422: components["responses"]["SearchTooLong422"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    createTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of 1 to 255 visible characters that stands for this request. For 24 hours, the same request with the same key creates nothing and is answered with the task as it was created; another request with it is refused with 422. Keys of different users are independent */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTask"];
            };
        };
        responses: {
            /** @description A task. Its ETag is its version */
            201: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    /** @description The path of what was created */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            422: components["responses"]["IdempotencyKeyReused422"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    sendBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of 1 to 255 visible characters that stands for this request. For 24 hours, `create` at the same place of a batch with the same key creates nothing; another task there is refused with 422. All other commands are carried out again. Keys of different users are independent */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Batch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResults"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
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
    readTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have: the answer is 304 while it is the current one */
                "if-none-match"?: string;
            };
            path: {
                /** @description The task's id, a UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A task. Its ETag is its version */
            200: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            404: components["responses"]["TaskNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    deleteTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that you read. If that is not the current version, the answer is 412 */
                "if-match"?: string;
            };
            path: {
                /** @description The task's id, a UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            404: components["responses"]["TaskNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            412: components["responses"]["TaskChanged412"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    editTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that you read. If that is not the current version, the answer is 412 */
                "if-match"?: string;
            };
            path: {
                /** @description The task's id, a UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        /** @description JSON merge patch (RFC 7396) */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskChanges"];
                "application/merge-patch+json": components["schemas"]["TaskChanges"];
            };
        };
        responses: {
            /** @description A task. Its ETag is its version */
            200: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            404: components["responses"]["TaskNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            409: components["responses"]["TaskCompleted409"];
            412: components["responses"]["TaskChanged412"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    completeTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that you read. If that is not the current version, the answer is 412 */
                "if-match"?: string;
            };
            path: {
                /** @description The task's id, a UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A task. Its ETag is its version */
            200: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            404: components["responses"]["TaskNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            412: components["responses"]["TaskChanged412"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    reopenTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that you read. If that is not the current version, the answer is 412 */
                "if-match"?: string;
            };
            path: {
                /** @description The task's id, a UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A task. Its ETag is its version */
            200: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            404: components["responses"]["TaskNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            412: components["responses"]["TaskChanged412"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    restoreTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that you read. If that is not the current version, the answer is 412 */
                "if-match"?: string;
            };
            path: {
                /** @description The task's id, a UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A task. Its ETag is its version */
            200: {
                headers: {
                    /** @description The version, as If-Match takes it */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            404: components["responses"]["TaskNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            412: components["responses"]["TaskChanged412"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    readTaskEvents: {
        parameters: {
            query?: {
                /** @description Only events after this sequence */
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The task's id, a UUIDv7 */
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
                    "application/json": components["schemas"]["TaskHistory"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            404: components["responses"]["TaskNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    listDeletedTasks: {
        parameters: {
            query?: {
                /** @description The user whose tasks an admin asks for. The default is yourself */
                user?: string;
                /** @description Whether to list the tasks of all users, which only an admin can ask for, without `user` and in the default order. MongoDB searches the newest tasks first, for at most 2 s */
                allUsers?: "true" | "false";
                /** @description Only tasks whose name contains this text, whatever its Unicode form and case. Accents count */
                q?: string;
                limit?: number;
                /** @description `nextCursor` of the previous page, which must have the same `sort` */
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
                    "application/json": components["schemas"]["DeletedTaskList"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            403: components["responses"]["AuthForbidden403"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            422: components["responses"]["SearchTooLong422"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    readTaskHistory: {
        parameters: {
            query?: {
                /** @description Only events after this sequence */
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The task's id, a UUIDv7 */
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
                    "application/json": components["schemas"]["TaskSteps"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            404: components["responses"]["TaskNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["AuthUnavailableOrStoreUnavailable503"];
        };
    };
    findTasksOfTrace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a trace: 32 hexadecimal digits */
                trace: string;
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
                    "application/json": components["schemas"]["TraceSteps"];
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
    listChanges: {
        parameters: {
            query?: {
                /** @description `next` of the previous answer. Without it, the answers begin with all your tasks */
                since?: string;
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
                    "application/json": components["schemas"]["ChangedTasks"];
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
    eraseMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=N` answers only when the work has ended, or after N seconds, at most 60; `wait` alone means 60 (RFC 7240) */
                prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A request to erase the text of all tasks of a user */
            200: {
                headers: {
                    /** @description The wait that was granted. Absent when the request did not prefer to wait, or too many requests wait */
                    "preference-applied"?: string;
                    /** @description The path of the erasure */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description A request to erase the text of all tasks of a user */
            202: {
                headers: {
                    /** @description The wait that was granted. Absent when the request did not prefer to wait, or too many requests wait */
                    "preference-applied"?: string;
                    /** @description The path of the erasure */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
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
    eraseUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=N` answers only when the work has ended, or after N seconds, at most 60; `wait` alone means 60 (RFC 7240) */
                prefer?: string;
            };
            path: {
                /** @description The user's id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A request to erase the text of all tasks of a user */
            200: {
                headers: {
                    /** @description The wait that was granted. Absent when the request did not prefer to wait, or too many requests wait */
                    "preference-applied"?: string;
                    /** @description The path of the erasure */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description A request to erase the text of all tasks of a user */
            202: {
                headers: {
                    /** @description The wait that was granted. Absent when the request did not prefer to wait, or too many requests wait */
                    "preference-applied"?: string;
                    /** @description The path of the erasure */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
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
    getErasure: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=N` answers only when the work has ended, or after N seconds, at most 60; `wait` alone means 60 (RFC 7240) */
                prefer?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A request to erase the text of all tasks of a user */
            200: {
                headers: {
                    /** @description The wait that was granted. Absent when the request did not prefer to wait, or too many requests wait */
                    "preference-applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            404: components["responses"]["ErasureNotFound404"];
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
                group?: "tasks-clock";
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
                group?: "tasks-clock";
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
    getAsyncApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An AsyncAPI 3 document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AsyncApi"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
        };
    };
    getEventSchema: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The type of the event */
                type: string;
                /** @description The version of its data */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JSON Schema, draft 2020-12 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventSchema"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            404: components["responses"]["RouteNotFound404"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
        };
    };
}
