/** What each folder holds, in the order of the tree in docs/architecture.md. `npm run tree -- --check` keeps it complete. */
export const folders: Record<string, string> = {
  'services/tasks/src':
    'the program of the tasks service, and what its folders share: `decide` holds all rules of tasks, for example whose task it is, and when reopening takes a completion back',
  'services/tasks/src/commands': 'handles commands in groups: load → `decide` → event store → view → relay',
  'services/tasks/src/events':
    'the event store, which is the outbox too: which events wait to be published; brings the view up to date after a crash',
  'services/tasks/src/barrier':
    'after each end of a day, waits until everything from before it is published, and publishes TasksPublished',
  'services/tasks/src/state':
    'publishes the current state of each task on the compacted topic daybook.tasks.state, from the events on daybook.tasks and the view',
  'services/tasks/src/rebuild':
    'the command that builds the view again from all events, shows how the live one differs, and makes it live',
  'services/tasks/src/republish': 'the command that publishes stored events again',
  'services/tasks/src/erasure':
    'erases the text of users: a stored request, passes over the tasks of the user, and then the event UserErased',
  'services/tasks/src/view': 'the view: the latest state of each task',
  'services/tasks/src/http': 'REST: queries of tasks, and the application',
  'services/tasks/src/http/bodies': 'REST: the task as commands and queries show it',
  'services/tasks/src/http/commands': 'REST: the commands that change tasks',
  'services/reporting/src':
    'the programs of reporting, and what its folders share: run ids, the names of consumer groups',
  'services/reporting/src/roles':
    'the roles of a process, projection, runs and writers: what each of them starts and consumes, given the ports of the process',
  'services/reporting/src/verify':
    'the command that reads all events again, recounts a day, and compares projection and files with it',
  'services/reporting/src/http': 'REST: days, runs and the log of a day',
  'services/reporting/src/http/reruns': 'REST: orders to write the logs of days again, and their progress',
  'services/reporting/src/http/completions':
    'REST: what became of the completions of a task, and the amendments of logs',
  'services/reporting/src/leases': 'leases, which keep two processes from the same long step',
  'services/reporting/src/reruns':
    'reruns, which are orders of operators to write the logs of days again: `plan-days` says which days, `rerun-steps` does the steps of a day',
  'services/reporting/src/runs':
    'runs, each of which writes the logs of one day in one time zone: `advance-runs` decides which step comes next, `run-steps` does it; lease and barriers; amendments of late completions',
  'services/reporting/src/erasure': 'erases text of users that is neither in the projection nor in the files',
  'services/reporting/src/rebuild':
    'the command that builds a new generation of the projection from all events, shows how it differs, and makes it live',
  'services/reporting/src/renamed-zones':
    'moves what is stored under a former name of a time zone to its current name',
  'services/reporting/src/logs': 'log requests, and the log writer that turns them into log files',
  'services/reporting/src/logs/amendments':
    'what is stored and published when a log is written again with other bytes',
  'services/reporting/src/apart':
    'logs that are written apart from the others: those that failed are tried again with growing pauses, large ones hold up nobody',
  'services/reporting/src/pace':
    'the rate limit of the log writers: the stored limit, and the waits that keep it',
  'services/reporting/src/logs/files':
    'writes files whole or not at all, many of them durable at once, on threads',
  'services/reporting/src/manifests':
    'the manifest of each run: it lists the log files with their digests, and then each amendment',
  'services/reporting/src/old-days': 'removes and compresses the log files of old days',
  'services/reporting/src/targets': 'opens the place of the log files that the settings name',
  'services/reporting/src/targets/bucket':
    'log files in a bucket with the S3 API: its client, writing and reading',
  'services/reporting/src/projection':
    'the projector, which turns task events into completions: what counts on which day',
  'services/scheduler/src': 'the program of the scheduler',
  'services/scheduler/src/http':
    "REST: operators' schedules, their preview and audit, and ending a day by hand",
  'services/scheduler/src/firing':
    'fires due slots on each tick, or a schedule by hand; publishes the events of firings; finds overdue days',
  'services/scheduler/src/unread-days':
    'finds the days whose EndOfDay is published and not read by reporting',
  'services/scheduler/src/mail':
    'tells people about failures by mail: episodes of failures decide which mail is due, and caps limit mails per hour',
  'services/scheduler/src/mail/sending': 'the outbox of mails, and the sending over SMTP',
  'services/scheduler/src/retention':
    'removes the definition and audit of schedules that have been idle for long',
  'services/scheduler/src/schedules':
    'stored schedules: their model and stores, what a change does to them, and their audit',
  'services/scheduler/src/schedules/firings':
    'records firings by one update, each as a compare-and-set of its own',
  'services/scheduler/src/definitions':
    'what operators write: the cron, every or at of a schedule, and its validation',
  'services/scheduler/src/calendar':
    'calculations in local time, without I/O: the slots of cron expressions and intervals (`patterns` handles clock changes), which slots are due or missed, when days end',
  'services/scheduler/src/jobs/dispatch':
    'sends ready jobs to workers: one dispatcher in a stack does so for workers that read Kafka; workers without Kafka claim jobs',
  'services/scheduler/src/jobs/dispatch/choice':
    'decisions of a dispatcher: the credit of workers, which ready jobs are read and chosen, and to which worker they go',
  'services/scheduler/src/jobs/dispatch/sending': 'records attempts as sent, and publishes them',
  'services/scheduler/src/jobs/dispatch/expiry':
    'ends waiting jobs whose time has run out, by a clock that stands while they cannot be sent',
  'services/scheduler/src/jobs/kinds':
    'kinds of jobs and the limits that kinds share: what operators write, and the stored definitions',
  'services/scheduler/src/jobs/adding':
    'adds jobs: validation, ids, coalescing, jobs of schedules, and the requests that arrive by Kafka',
  'services/scheduler/src/jobs/http/workers': 'REST: workers, and what workers without Kafka do',
  'services/scheduler/src/jobs/metrics':
    'metrics of jobs by kind and lane: how many wait and run, how they ended, how long they took; live workers of lanes',
  'services/scheduler/src/jobs/outcomes':
    'follows workers: applies what they report, tells them what they do not hold any more, publishes the ends of jobs',
  'services/scheduler/src/jobs/outcomes/attempts':
    'what reports of workers change of a job: `fold-reports` and `next-state` decide, `settle` writes and tells',
  'services/scheduler/src/jobs/outcomes/end-notes':
    'publishes the ends of jobs that succeeded together, also after a crash between storing and publishing them',
  'services/scheduler/src/jobs/outcomes/leases':
    'workers and their leases: probes, the end of a lease, attempts that never started',
  'services/scheduler/src/jobs/outcomes/http-workers': 'what workers without Kafka do by HTTP',
  'services/scheduler/src/jobs/http/kinds': 'REST: kinds, and the limits that kinds share',
  'services/scheduler/src/jobs/limits':
    'which ready jobs may be sent now: start intervals of rates, places of limits in hand, gates of keys and schedules',
  'services/scheduler/src/rates': 'what the scheduler counts for GET /rates',
  'services/reporting/src/projection-reads': 'what the REST API reads of the projection',
  'services/reporting/src/rates': 'what reporting counts for GET /rates',
  'services/tasks/src/rates': 'what tasks counts for GET /rates',
  'services/scheduler/src/jobs/alarms': 'what keeps jobs from running, as alarms',
  'services/scheduler/src/jobs/groups':
    'groups of jobs: adding members, the end of a group, and the continuations of jobs and groups',
  'services/scheduler/src/jobs/requests': 'the jobs and groups that other systems request by Kafka',
  'services/scheduler/src/jobs/retention': 'removes ended jobs and groups, and keeps their chosen ids',
  'services/scheduler/src/jobs/stored':
    'the stored jobs, groups and workers, the update that ends a job, and what all parts of jobs share: signals and clocks',
  'services/scheduler/src/jobs/http/jobs': 'REST: jobs and groups',
  'services/scheduler/src/jobs/queries':
    'reads jobs and groups: lists, the reason a job waits, and requests that wait for an outcome',
  'services/scheduler/src/jobs/commands': 'cancels and retries jobs, one or all of a filter',
  'services/console':
    'the web console, a single-page application: `build` builds it when its sources have changed',
  'services/console/public': 'what the console serves as it is',
  'services/console/src': 'the program that the browser runs',
  'services/console/src/address': 'the address of the page, in which the state of a page is',
  'services/console/src/keys': 'the keys of the pages, and their help',
  'services/console/src/preferences': 'what a person chooses for a browser: colours, UTC, single keys',
  'services/console/src/time': "the server's clock, time zones, and calculations with days",
  'services/console/src/session': 'the token of a tab, what it says, and the other tabs of the browser',
  'services/console/src/sign-in': 'signing in: by a token, by a link with a one-time code, and at an issuer',
  'services/console/src/api': 'requests to the services, problems, and which parts of Daybook are away',
  'services/console/src/elements':
    'what the pages share: reading with its states, tables, searches, dialogs, the live region',
  'services/console/src/elements/lists':
    'lists that change by themselves: rows that stay in their place, and the keys for rows',
  'services/console/src/zones': 'the time zones of the scheduler, for fields to choose from',
  'services/console/src/shell':
    'what is around every page: navigation, the strip about outages, help, preferences',
  'services/console/src/live':
    'live events: one stream for all tabs of a browser, which goes on where it was interrupted',
  'services/console/src/tasks':
    'the tasks that the page knows: optimistic commands in a queue for each task, conflicts, undoing, what is not saved',
  'services/console/src/today': 'the page Today: tasks',
  'services/console/src/days': 'the page Days: the calendar, and the logs of days',
  'services/console/src/bulk':
    'commands for many things on a page: the count, the dialog that asks, the progress, and what became of them',
  'services/console/src/jobs': 'the page Jobs',
  'services/console/src/jobs/job': 'a job: its states, and what the views of jobs share',
  'services/console/src/jobs/list':
    'the list of jobs: states, conditions, and commands for the selected or for all that match',
  'services/console/src/jobs/bulk': 'retrying and cancelling many jobs',
  'services/console/src/jobs/detail': 'a job with its attempts and its subtasks',
  'services/console/src/jobs/kinds': 'the rules of kinds and shared limits, to read and to change',
  'services/console/src/jobs/workers': 'the workers, and what each of them runs',
  'services/console/src/dead-letters': 'the page Dead letters',
  'services/console/src/dead-letters/letters':
    'dead letters of the three services: requests, conditions, tasks, bytes',
  'services/console/src/dead-letters/many': 'replaying and deleting letters, one or all of a filter',
  'services/console/src/dead-letters/lists': 'the lists of errors and of letters',
  'services/console/src/dead-letters/detail': 'a letter with its value and headers',
  'services/console/src/now': 'the page Now: the state of all parts, lags, rates, waiting work, alarms',
  'services/console/src/now/charts': 'charts with axes',
  'services/console/src/stream': 'the page Stream: events as they happen, with a filter and a pause',
  'services/console/src/history':
    'the page History: what became of a task, from its requests to the lines of log files',
  'services/console/src/history/search': 'the tasks that are found by their names',
  'services/console/src/history/jobs': 'the jobs of traces: read them, list them',
  'services/console/src/schedules': 'the page Schedules',
  'services/console/src/schedules/definition': 'what a definition means: its words, its firings, its state',
  'services/console/src/schedules/form': 'makes and changes a schedule beside the preview of its firings',
  'services/console/src/runs': 'the page Runs: the logs of each day in each time zone',
  'services/console/src/runs/again': 'writes logs again: counts, asks, orders',
  'services/console/src/runs/world': "the world's days: which dates are alive, which end next",
  'services/console/src/styles': 'the style sheets',
  'services/gateway/src': 'the program of the gateway, and the addresses of the services',
  'services/gateway/src/proxy':
    'forwards the paths of the services to them: which path belongs to which service',
  'services/gateway/src/console': 'serves the built console, and its settings',
  'services/gateway/src/events':
    'the events as they happen: reads them from Kafka, keeps those of 15 minutes, and sends each client its own',
  'services/gateway/src/sign-in': 'signing in by a link: codes that stand for a token once',
  'services/gateway/src/status': 'the state of every part of Daybook, and since when',
  'services/gateway/src/ports':
    'passes on the ports of the services, for stacks with several processes of one',
  'services/gateway/src/document': 'one OpenAPI document of all services',
  'shared/src/http': 'the Fastify server of all services: health, metrics, trace context',
  'shared/src/http/auth':
    'bearer tokens: `token-verifier` verifies them, `auth` says which user, time zone and rights they mean',
  'shared/src/http/clients':
    'what clients may do: origins of web pages (CORS), and a limit of requests for each user',
  'shared/src/http/document':
    'the OpenAPI document: what is optional, schemas with names, and the error answers with examples',
  'shared/src/http/requests': 'reads and refuses requests: bodies, I-JSON, paths and queries',
  'shared/src/http/routes':
    'what routes share: problems, limits of requests, entity tags and preconditions, requests that wait for the end of work, and server-sent events',
  'shared/src/process': 'the life of a service process: settings and logger, connections, orderly end',
  'shared/src/outbox': 'the relay, which publishes stored events in order, and outboxes inside documents',
  'shared/src/events': 'the contract with other teams: event schemas and their versions, topics, CloudEvents',
  'shared/src/contract':
    'the contract as documents for other teams: JSON Schemas, AsyncAPI, and an example of each event',
  'shared/src/dead-letters':
    'messages that cannot be handled, stored with everything they contained; lists them, and hands them to their handlers again',
  'shared/src/incidents':
    'finds failures in the store and tells them to the scheduler, which sends the mails: dead letters, and what each service adds',
  'shared/src/dead-letter-api': 'REST and metrics of dead letters, for every service that parks messages',
  'shared/src/operator-api':
    'REST for operators that every service has: what is wrong now, and how much was done in each minute',
  'shared/src/kafka':
    'the Kafka port, and the only code that knows kafkajs: producer, consumers, offsets, topics',
  'shared/src/kafka/delivery':
    'hands fetched messages to a handler, and skips or names batches that cannot be decoded',
  'shared/src/kafka/progress':
    'whether a consumer lives and makes progress: its membership, its lag, and the watch on both',
  'shared/src/kafka/failures': 'which errors of Kafka are outages, refusals and missing rights',
  'shared/src/kafka/records': "Kafka's record batches, headers and codecs",
  'shared/src/kafka/patches': 'corrections of kafkajs, one for each fault',
  'shared/src/mongo':
    'the connection to MongoDB, Mongoose models, guarded writes, and which errors are outages and refusals',
  'shared/src/mongo/patches': "corrections of MongoDB's driver",
  'shared/src/config': 'settings from the environment and from files, and the settings of all services',
  'shared/src/async': 'group commit and loops',
  'shared/src/validation': 'JSON Schema validation, and its errors as sentences',
  'shared/src/rebuild':
    'rebuilding documents beside the live ones: the lease of the process that does it, and putting them in place',
  'shared/src/time': 'local days, time zones and their names, clock changes, durations',
  'shared/src/failures':
    'error codes; the words of errors; outages, during which work waits; refusals, which end the process; blocked parts of a process',
  'shared/client/src': 'the public face of @daybook/client: a typed client of the REST API of each service',
  'shared/client/pack': 'how the package of the client is compiled',
  'shared/client/src/generated':
    'the types of the REST APIs, made from the OpenAPI documents of the services',
  'shared/worker/src':
    'the public face of @daybook/worker, the library for workers in TypeScript: types and errors',
  'shared/worker/pack': 'how the package of the library is compiled',
  'shared/worker/src/slots':
    'the main thread of a worker: its options, settings and signals, and the slots in which handlers run',
  'shared/worker/src/thread':
    'the thread of a worker that talks to Kafka: reads lanes and the orders of the scheduler, beats, and stops',
  'shared/worker/src/attempts':
    'the attempts that a worker has: `take-due` takes them, `holds` knows what becomes of them, `results` reports it',
  'shared/worker/src/handling':
    'one attempt of a job: its handler, what the handler sees, when it may start, timeouts, and the outcome',
  'shared/worker/src/testing': 'runs handlers in the process of a test',
  'shared/worker/src/client': 'adds, reads and cancels jobs over REST',
  'deploy/docker': 'the image, and the programs that only containers need',
  'deploy/grafana/dashboards': 'the Grafana dashboard',
  'deploy/grafana/datasources': 'where Grafana finds Prometheus',
  'deploy/prometheus': 'what Prometheus scrapes, and the alerts',
  'deploy/local': 'Kafka, MongoDB and the services on one machine',
  'deploy/local/commands': 'the programs behind `npm start`, `npm run demo`, `npm run token` and `npm test`',
  'deploy/local/demo': 'the demo: imports a todo.txt, ends its days and prints the logs',
  'deploy/local/stack': 'starts Kafka, MongoDB and the services with their settings, secrets and tokens',
  'deploy/local/containers': 'Kafka and MongoDB in containers, for tests',
  'deploy/local/java': 'finds Java, and fetches the jars of servers with Maven',
  'deploy/local/s3': 'a server with the S3 API, for tests of buckets',
  'deploy/local/kafka': 'the embedded Kafka',
  'deploy/local/mongo': 'the embedded MongoDB, and the C libraries that its engine needs',
  'deploy/local/processes': 'starts, supervises and stops programs, so that none outlives its parent',
  tools: 'rules that `npm run check` enforces, and what the generators share',
  'tools/contract':
    'writes docs/schemas, docs/asyncapi.json, the event tables of docs/events.md and the types of @daybook/client',
  'tools/openapi':
    'makes the OpenAPI documents of the services without starting them, and the types of @daybook/client from them',
  'tools/pack': 'makes the packages of libraries: JavaScript and type declarations',
  'tools/settings': 'writes the table of settings in docs/operations.md',
  'tools/tree': 'writes this tree',
  test: 'the system from outside: end to end, secured and unfriendly servers',
  'test/asyncapi': 'the parser of AsyncAPI, with packages and a lock file of its own',
  'test/browser':
    'a browser for tests, with packages and a lock file of its own: Playwright, Chromium, and axe-core for accessibility',
  'test/console': 'the console on the whole system, in a browser',
  'test/console/lists': 'lists that change by themselves, in a browser and with answers of the test',
  'test/screenshots':
    '`npm run screenshots`: a screenshot of each page of the console, with answers that are always the same',
  'test/faults': 'the system while processes and servers are killed, and what must be complete afterwards',
  'test/simulation':
    'the deterministic simulation of the services: the command `npm run simulate`, one seed from its start to the comparison',
  'test/simulation/run': 'simulates many seeds on threads, with an inserted bug or without',
  'test/simulation/world':
    'what one seed determines: time, randomness, processes and their ends, faults, the trace',
  'test/simulation/kafka': 'a broker in memory, its consumer groups, and the Kafka port of a process',
  'test/simulation/processes':
    'processes of the services, which run the code of the services on ports in memory',
  'test/simulation/workload': 'what users do in a simulation: around the ends of days, in several time zones',
  'test/simulation/oracle':
    'compares files, projection, reports and events with what was answered to users, by code of its own',
  'test/simulation/mutants':
    'bugs that the oracle has to find, and their insertion into a source when it is loaded',
  'test/simulation/contracts':
    'suites about stores, files and Kafka, which the real ones pass (`real`) as well as those in memory (`memory`)',
  'test/simulation/equivalence': 'the same random calls to stores in memory and to the real ones',
  'test/simulation/ports':
    'stores in memory, by the interfaces of the real ones: `collection` says what is atomic',
  'test/simulation/ports/reporting': "reporting's stores and log files in memory",
  'test/simulation/ports/tasks': 'the event store of tasks and its view in memory',
  'test/simulation/ports/scheduler': "the scheduler's end-of-day schedules in memory",
  'test/openapi': 'schemathesis, which compares the services with their OpenAPI documents',
  'test/jobs':
    'jobs of users from outside: what people use job systems for, with workers in two languages; many and large jobs, kills, outages',
  'test/jobs/support': 'the workers of these tests, whose handlers do what the data of a job ask for',
  'test/support': 'helpers of these tests',
  'test/units':
    'runs the unit tests of a top-level folder in one process, because most of their time would be the loading of modules',
  bench: '`npm run bench`, and the programs of `npm run bench:…`, which measure single things',
  'bench/harness':
    'runs benchmarks in rounds, and what benchmarks share: servers, services, references, loads',
  'bench/report':
    'stores figures, compares them with goals, makes docs/benchmarks.md and its charts from them',
  'bench/benchmarks': 'the benchmarks: each file exports one',
  'bench/days':
    'what the benchmarks of days share: their completions, reporting from outside, and the comparison of files',
  'bench/peers': 'job systems that do the work of a benchmark beside Daybook, and their servers',
  'bench/peers/celery': 'the work as tasks of Celery, in Python',
  'bench/peers/bullmq': 'the work as jobs of BullMQ, with packages and a lock file of its own',
  'bench/growth':
    'what the benchmark `grow` measures: days with more users, commands and jobs beside many stored ones',
  'bench/references': 'small plain programs that do the work of a benchmark without the code of Daybook',
  examples: 'the todo.txt of the demo',
  'examples/consumers/typescript': 'a consumer of daybook.tasks that counts completions, with kafkajs',
  'examples/consumers/python': 'the same consumer in Python, with confluent-kafka',
  'examples/consumers/java': 'the same consumer in Java, with kafka-clients',
  'examples/workers/typescript': 'a worker with @daybook/worker, which the guide in docs/jobs.md uses',
  'examples/workers/python': 'a worker in Python, for the protocol of docs/jobs.md',
}
