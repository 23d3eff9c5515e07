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
    "/sign-in/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a code with which a browser gets the token of this request, once, within 10 minutes */
        post: operations["makeSignInCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange a code for its token */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The state of each part of Daybook, and since when */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow the events that concern you, as they happen; an admin sees all */
        get: operations["followEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/recent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The events of the last 15 minutes that concern you, at most the newest 1,000; an admin sees all
         * @description Follow `/events` first, then ask for these: so none is missing, and those of both have the same `id`. Of many or large events there are fewer, see `since`.
         */
        get: operations["listRecentEvents"];
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
        SignInCode: {
            /** @description The code: it works once */
            code: string;
            /**
             * Format: date-time
             * @description When it stops to work; RFC 3339 in UTC, milliseconds
             */
            expiresAt: string;
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
        NewSignIn: {
            /** @description The code: it works once */
            code: string;
        };
        SignedIn: {
            /** @description The bearer token */
            token: string;
            /**
             * Format: date-time
             * @description When the token expires; RFC 3339 in UTC, milliseconds
             */
            expiresAt: string;
        };
        PartStatus: {
            name: "gateway" | "tasks" | "reporting" | "scheduler" | "kafka" | "mongodb";
            /**
             * @description `no answer`: not within two seconds; `unknown`: not looked yet
             */
            state: "ok" | "not ready" | "no answer" | "unknown";
            /**
             * Format: date-time
             * @description Since when this process of the gateway sees this state; RFC 3339 in UTC, milliseconds
             */
            since: string;
            /**
             * Format: date-time
             * @description When the part answered last; null: never since the gateway started
             */
            answeredAt: string | null;
            /** @description What is not ready, each with the reason, which only admins get */
            troubles: {
                [key: string]: string;
            };
            /** @description The version that the process runs which answered; absent: not known; only for admins */
            version?: string;
            /** @description The Kafka consumers of the process that answered, as in its `/health/ready`; only for admins */
            consumers?: {
                [key: string]: unknown;
            }[];
        };
        Status: {
            /**
             * Format: date-time
             * @description When this was answered; RFC 3339 in UTC, milliseconds
             */
            at: string;
            parts: components["schemas"]["PartStatus"][];
        };
        /** @description The fields of each event */
        SentEvent: {
            /** @description The type of an event of Daybook, as `TaskCompleted`; or `position`: only carries an id; `reset`: read everything again; `end`: the stream ends */
            event: string;
            /** @description The position after the event */
            id?: string;
            /** @description JSON. Of an event of Daybook: its envelope with `topic`, `partition` and `offset`. Of `reset`: `reason` is `too-old` or `unreadable`. Of `end`: `reason` is `token-expired` or `closing` */
            data: string;
        };
        RecentEvents: {
            /**
             * Format: date-time
             * @description From when on no event is missing here: the time of the record of the last one that is left out, or 15 minutes ago; RFC 3339 in UTC, milliseconds
             */
            since: string;
            /** @description The newest last */
            events: unknown[];
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
        /** @description The sign-in code does not work */
        SignInRefused401: {
            headers: {
                /** @description How to authenticate */
                "www-authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The database cannot be reached */
        StoreUnavailable503: {
            headers: {
                /** @description The number of seconds to wait before the next attempt */
                "retry-after"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The events are not read yet; or: Tokens cannot be checked; or: The database cannot be reached */
        EventsUnavailableOrAuthUnavailableOrStoreUnavailable503: {
            headers: {
                /** @description The number of seconds to wait before the next attempt */
                "retry-after"?: string;
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
export type SignInCode = components['schemas']['SignInCode'];
export type Problem = components['schemas']['Problem'];
export type NewSignIn = components['schemas']['NewSignIn'];
export type SignedIn = components['schemas']['SignedIn'];
export type PartStatus = components['schemas']['PartStatus'];
export type Status = components['schemas']['Status'];
export type SentEvent = components['schemas']['SentEvent'];
export type RecentEvents = components['schemas']['RecentEvents'];
export type ResponseRequestInvalid400 = components['responses']['RequestInvalid400'];
export type ResponseAuthRequired401 = components['responses']['AuthRequired401'];
export type ResponseMethodNotAllowed405 = components['responses']['MethodNotAllowed405'];
export type ResponseRequestInvalid408 = components['responses']['RequestInvalid408'];
export type ResponseRequestInvalid413 = components['responses']['RequestInvalid413'];
export type ResponseRequestInvalid415 = components['responses']['RequestInvalid415'];
export type ResponseTooManyRequests429 = components['responses']['TooManyRequests429'];
export type ResponseRequestInvalid431 = components['responses']['RequestInvalid431'];
export type ResponseInternal500 = components['responses']['Internal500'];
export type ResponseAuthUnavailableOrStoreUnavailable503 = components['responses']['AuthUnavailableOrStoreUnavailable503'];
export type ResponseSignInRefused401 = components['responses']['SignInRefused401'];
export type ResponseStoreUnavailable503 = components['responses']['StoreUnavailable503'];
export type ResponseEventsUnavailableOrAuthUnavailableOrStoreUnavailable503 = components['responses']['EventsUnavailableOrAuthUnavailableOrStoreUnavailable503'];
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
    makeSignInCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInCode"];
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
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSignIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["SignInRefused401"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            413: components["responses"]["RequestInvalid413"];
            415: components["responses"]["RequestInvalid415"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["StoreUnavailable503"];
        };
    };
    getStatus: {
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
                    "application/json": components["schemas"]["Status"];
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
    followEvents: {
        parameters: {
            query?: {
                /** @description The id of the last event that the client has; absent: only what happens from now on. GET /events/recent has what was before */
                "last-event-id"?: string;
            };
            header?: {
                /** @description The id of the last event that the client has; absent: only what happens from now on. GET /events/recent has what was before */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events. A silent stream gets a comment every 15 seconds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["SentEvent"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["EventsUnavailableOrAuthUnavailableOrStoreUnavailable503"];
        };
    };
    listRecentEvents: {
        parameters: {
            query?: {
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
                    "application/json": components["schemas"]["RecentEvents"];
                };
            };
            400: components["responses"]["RequestInvalid400"];
            401: components["responses"]["AuthRequired401"];
            405: components["responses"]["MethodNotAllowed405"];
            408: components["responses"]["RequestInvalid408"];
            429: components["responses"]["TooManyRequests429"];
            431: components["responses"]["RequestInvalid431"];
            500: components["responses"]["Internal500"];
            503: components["responses"]["EventsUnavailableOrAuthUnavailableOrStoreUnavailable503"];
        };
    };
}
