// `npm run bench:models` compares Mongoose models with the driver's collections: it writes the same documents by both and prints the
// ratio of their times. It uses the MongoDB that MONGODB_URI names, else an embedded one. It creates a database and drops
// it at the end.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectMongo } from '@daybook/shared/mongo/connect-mongo'
import { driverCollection, modelOf, schemaOf } from '@daybook/shared/mongo/model'
import pino from 'pino'
import { CACHE } from '../deploy/local/paths.ts'
import { embeddedServers } from '../deploy/local/stack/infrastructure.ts'

const BATCH = 1000
const WARM_UP = 10
const MEASURED = 30

interface Usage {
  /** CPU time of this process in milliseconds, without MongoDB's. */
  CPU: number
  /** Elapsed time in milliseconds. */
  elapsed: number
}

type Write = (batch: number) => Promise<unknown>

const completionSchema = schemaOf<ReturnType<typeof completion>>({
  version: Number,
  day: String,
  timeZone: String,
  userId: String,
  taskId: String,
  takenBack: Boolean,
  name: String,
  notes: String,
  dueOn: String,
  tags: [String],
  completedAt: String,
})

const eventSchema = schemaOf<ReturnType<typeof taskCompleted>>({
  type: String,
  source: String,
  subject: String,
  time: String,
  // Each type of event has different data, so the model does not cast it.
  data: Object,
  published: Boolean,
})

function completion(number: number, version: number) {
  return {
    _id: `2026-03-14:task-${number}`,
    version,
    day: '2026-03-14',
    timeZone: 'Europe/Berlin',
    userId: `person-${number % 100}`,
    taskId: `task-${number}`,
    takenBack: false,
    name: 'Water the plants',
    notes: 'The ones on the balcony twice',
    dueOn: '2026-03-15',
    tags: ['home', 'garden'],
    completedAt: '2026-03-14T09:26:53.589Z',
  }
}

function taskCompleted() {
  const { _id: _, version: sequence, takenBack: __, ...data } = completion(0, 2)
  const taskId = randomUUID()
  return {
    _id: `${taskId}:${sequence}`,
    type: 'TaskCompleted',
    source: '/daybook/tasks',
    subject: taskId,
    time: data.completedAt,
    data: { ...data, taskId, sequence },
    published: false,
  }
}

const append = () => Array.from({ length: BATCH }, taskCompleted)

/** Makes the writes that shared/src/mongo/put-newer.ts sends: each replaces an older version, or inserts. */
function putNewer(batch: number) {
  return Array.from({ length: BATCH }, (_, i) => {
    const replacement = completion(i, batch + 1)
    const filter = { _id: replacement._id, version: { $lt: replacement.version } }
    return { replaceOne: { filter, replacement, upsert: true } }
  })
}

async function measure(write: Write, batch: number): Promise<Usage> {
  const [before, began] = [process.cpuUsage(), performance.now()]
  await write(batch)
  const elapsed = performance.now() - began
  const { user, system } = process.cpuUsage(before)
  return { CPU: (user + system) / 1000, elapsed }
}

/** Writes batches by the model and by the collection in turn, so that other load on the machine slows both equally. */
async function compare(what: string, model: Write, collection: Write): Promise<void> {
  const [ofModel, ofCollection]: [Usage[], Usage[]] = [[], []]
  for (let batch = 0; batch < WARM_UP + MEASURED; batch += 1) {
    ofModel.push(await measure(model, batch))
    ofCollection.push(await measure(collection, batch))
  }
  const ratio = (of: keyof Usage) => {
    const [slow, fast] = [mean(ofModel, of), mean(ofCollection, of)]
    return `${(slow / fast).toFixed(1)} times the ${of} time (${slow.toFixed(1)} ms : ${fast.toFixed(1)} ms a batch)`
  }
  console.log(`${what}: the model takes ${ratio('CPU')}, ${ratio('elapsed')}`)
}

const mean = (usages: Usage[], of: keyof Usage) =>
  usages.slice(WARM_UP).reduce((total, usage) => total + usage[of], 0) / MEASURED

const dir = await mkdtemp(join(tmpdir(), 'daybook-models-'))
const report = (line: string) => console.error(line)
const external = process.env.MONGODB_URI
const server = external
  ? undefined
  : await embeddedServers.startMongo({ env: process.env, cache: CACHE, report, dir })
const connection = await connectMongo({
  uri: external ?? (server?.uri as string),
  database: `bench-models-${randomUUID()}`,
  log: pino({ level: 'warn' }),
  signal: new AbortController().signal,
})
const unordered = { ordered: false }
try {
  console.log(
    `${MEASURED} batches of ${BATCH} documents, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
  )
  const completions = modelOf(connection, 'completions', completionSchema)
  const others = driverCollection(modelOf(connection, 'other completions', completionSchema))
  await compare(
    'bulkWrite of completions',
    batch => completions.bulkWrite(putNewer(batch), unordered),
    batch => others.bulkWrite(putNewer(batch), unordered),
  )
  const events = modelOf(connection, 'events', eventSchema)
  await compare(
    'insertMany of events',
    () => events.insertMany(append(), unordered),
    () => driverCollection(events).insertMany(append(), unordered),
  )
} finally {
  await connection.dropDatabase()
  await connection.close()
  await server?.stop()
  await rm(dir, { recursive: true })
}
