// Which file may import which: `npm run rules` checks it with dependency-cruiser, as a part of `npm run check`. Importing a
// type counts. Paths are regular expressions from the root of the repository; `$1` in `to` is the first group of `from`.
import { getAvailableTranspilers, type IConfiguration, type IForbiddenRuleType } from 'dependency-cruiser'

const TESTS = '(^|/)test/'
const BENCHMARKS = '^bench/'
const MONGOOSE = '^node_modules/mongoose/'
const KAFKAJS = '^node_modules/kafkajs/'
const STORES = ['-(store|model)\\.ts$', '^shared/src/(mongo|outbox)/']
// The folders that hold one folder for each concept.
const SOURCES = '^(?:services/[^/]+/src|shared/src|shared/worker/src|deploy/local(?!/test/))'
const PROGRAMS = [
  '/src/(main|app|skip-batch|verify|rebuild|republish|start-(jobs|consumers|alarms))\\.tsx?$',
  // The public face of the library.
  '^shared/worker/src/index\\.ts$',
  '^deploy/local/commands/',
]
const PURE = [
  '^services/scheduler/src/calendar/',
  '^services/tasks/src/(decide|task)\\.ts$',
  '^services/reporting/src/logs/log-format\\.ts$',
]

const betweenServices: IForbiddenRuleType[] = [
  {
    name: 'no-other-service',
    comment:
      'Services know each other by events and REST only, so that each can be changed and started alone.',
    from: { path: '^services/([^/]+)/' },
    to: { path: '^services/', pathNot: '^services/$1/' },
  },
  {
    name: 'only-settings-of-services',
    comment:
      'The local stack and the table of docs/operations.md need the settings of services, and whoever starts the stack builds the console; nothing else outside imports a service.',
    // This test creates every topic, and one of them is private to reporting. The simulation runs parts of the services, with
    // stores of its own, in one process. The OpenAPI documents are made from the routes. A benchmark runs the publishing of states alone.
    from: {
      pathNot: [
        '^services/',
        '^test/unfriendly-kafka\\.int\\.test\\.ts$',
        '^test/simulation/',
        '^tools/openapi/documents\\.ts$',
        '^bench/states-consumer\\.ts$',
        '^test/openapi/gateway-document\\.unit\\.test\\.ts$',
      ],
    },
    to: { path: '^services/', pathNot: '^services/([^/]+/src/config|console/build)\\.ts$' },
  },
]

const betweenFolders: IForbiddenRuleType[] = [
  {
    name: 'no-folder-circle',
    comment: 'A folder can be read with the folders that it imports and without the folders that import it.',
    scope: 'folder',
    from: { path: SOURCES },
    to: { circular: true },
  },
  {
    name: 'no-import-from-above',
    comment:
      'A folder imports its subfolders and not the reverse. The rule about circles does not see a folder and its own subfolder.',
    from: { path: `(${SOURCES}/.+)/[^/]+/[^/]+$` },
    to: { path: '^$1/[^/]+$' },
  },
  {
    name: 'no-import-of-programs',
    comment: 'A program connects the folders, so no folder depends on a program.',
    from: { path: SOURCES, pathNot: PROGRAMS },
    to: { path: PROGRAMS },
  },
  {
    name: 'files-beside-folders-are-leaves',
    comment: 'A file beside the folders serves all of them, so it imports none, unless it is a program.',
    from: { path: `(${SOURCES})/[^/]+\\.tsx?$`, pathNot: PROGRAMS },
    to: { path: '^$1/[^/]+/' },
  },
  {
    name: 'no-file-circle',
    comment:
      'Two files that import each other can only be understood together: merge them, or move what both need to a third file.',
    from: {},
    to: { circular: true },
  },
]

const pureDecisions: IForbiddenRuleType[] = [
  {
    name: 'no-port-in-decisions',
    comment:
      'Decisions are functions of their arguments: tests need no server, and the result is always the same.',
    from: { path: PURE },
    to: { path: [...STORES, '^shared/src/(kafka|http|process)/'] },
  },
  {
    name: 'no-io-in-decisions',
    comment: 'Decisions reach no I/O through other files either.',
    from: { path: PURE },
    to: {
      reachable: true,
      path: [
        '^(node:)?(child_process|cluster|dgram|dns|fs|http|http2|https|net|readline|tls|worker_threads)(/|$)',
        '^node_modules/(mongoose|kafkajs|fastify|pino)/',
      ],
    },
  },
]

const libraries: IForbiddenRuleType[] = [
  {
    name: 'kafkajs-in-the-port',
    comment: 'kafkajs is no longer maintained: one folder works around its faults and can replace it.',
    from: { pathNot: ['^shared/src/kafka/', TESTS, BENCHMARKS] },
    to: { path: KAFKAJS },
  },
  {
    name: 'mongoose-in-stores',
    comment:
      'A store offers named operations on domain values, and it alone knows the documents and their updates.',
    from: { pathNot: [...STORES, TESTS, BENCHMARKS] },
    to: { path: MONGOOSE },
  },
  {
    name: 'nodemailer-in-one-file',
    comment: 'One file knows how nodemailer reports refusals and outages, and gives it no text to interpret.',
    from: { pathNot: ['^services/scheduler/src/mail/sending/smtp\\.ts$'] },
    to: { path: '^node_modules/nodemailer/' },
  },
  {
    name: 'aws-sdk-in-one-file',
    comment: 'One file knows the SDK, and a process without a bucket does not load it.',
    from: { pathNot: ['^services/reporting/src/targets/bucket/bucket\\.ts$', TESTS] },
    to: { path: '^node_modules/@aws-sdk/' },
  },
  {
    name: 'client-runs-in-browsers',
    comment: 'Browsers use @daybook/client too, so it imports nothing of Node and no other part of Daybook.',
    from: { path: '^shared/client/src/' },
    to: { pathNot: ['^shared/client/src/', '^node_modules/openapi-fetch/'] },
  },
  {
    name: 'no-mongoose-behind-kafka',
    comment: 'The Kafka port and the classes of failures can be used without MongoDB.',
    from: { path: '^shared/src/(kafka|failures)/' },
    to: { reachable: true, path: MONGOOSE },
  },
]

const tests: IForbiddenRuleType[] = [
  {
    name: 'no-test-helpers',
    comment:
      'Test helpers take shortcuts that production code must not take, and the image does not contain them.',
    from: { pathNot: [TESTS, BENCHMARKS] },
    to: { path: TESTS },
  },
]

const unresolvedImports: IForbiddenRuleType[] = [
  {
    name: 'every-import-is-found',
    comment: 'An import that cannot be resolved matches no rule, so it would be allowed.',
    // These have their own packages, which are installed when they first run.
    from: { pathNot: ['^bench/peers/bullmq/', '^test/asyncapi/'] },
    to: { couldNotResolve: true },
  },
]

// Without its parser dependency-cruiser would only warn, find no imports and report no violation.
if (!getAvailableTranspilers().some(({ name, available }) => name === 'swc' && available))
  throw new Error('dependency-cruiser cannot use @swc/core: run npm ci, or install a version of it that fits')

const forbidden = [betweenServices, betweenFolders, pureDecisions, libraries, tests, unresolvedImports].flat()

const rules: IConfiguration = {
  forbidden: forbidden.map(rule => ({ severity: 'error', ...rule })),
  options: {
    // dependency-cruiser cannot parse with TypeScript 7, which has no API for it yet. swc sees imports of types too.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // What a package says about itself is above its folders and imports nothing.
    exclude: { path: '^shared/package\\.json$' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}

export default rules
