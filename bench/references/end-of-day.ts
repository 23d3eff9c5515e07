// Writes the logs of one day: one read in the order of users, then every file is written under a temporary name, flushed and
// renamed. Once it ends, all files are on the disk.
import { execFile } from 'node:child_process'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import mongoose from 'mongoose'
import { type Completion, logLines } from './log-lines.ts'

const { uri, database, dir, day, timeZone, taskFiles } = JSON.parse(process.argv[2] ?? '')
const AT_ONCE = 64
const BATCH = 20_000
const { userLog, taskFile, taskFileName } = logLines(timeZone)
const folder = join(dir, day)

/** All completions of each user, in one read. */
async function* users(): AsyncGenerator<Completion[]> {
  const fields = { _id: 0, userId: 1, taskId: 1, name: 1, completedAt: 1 }
  const projection = taskFiles ? { ...fields, notes: 1, dueOn: 1, tags: 1 } : fields
  const completions = client.db(database).collection('completions')
  const found = completions.find<Completion>(
    { day, timeZone, takenBack: false },
    { projection, batchSize: 5000 },
  )
  let user: Completion[] = []
  for await (const completion of found.sort({ userId: 1 })) {
    if (user[0] !== undefined && user[0].userId !== completion.userId) {
      yield user
      user = []
    }
    user.push(completion)
  }
  if (user.length > 0) yield user
}

/** Writes user logs, 64 at once. Each is flushed alone: concurrent flushes share the writes of the file system's journal. */
async function writeLogs(): Promise<void> {
  const read = users()
  const writeNext = async () => {
    for await (const user of read) {
      const path = join(folder, `${user[0]?.userId}.log`)
      const file = await open(`${path}.tmp`, 'w')
      await file.writeFile(userLog(user))
      await file.sync()
      await file.close()
      await rename(`${path}.tmp`, path)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, writeNext))
}

/**
 * Writes user logs and task files. So many small files are written fastest by synchronous calls, and flushed together: while
 * `sync` flushes one batch, the next one is written.
 */
async function writeAll(): Promise<void> {
  let batch: string[] = []
  let flushed = Promise.resolve()
  const put = (path: string, text: string) => {
    writeFileSync(`${path}.tmp`, text)
    batch.push(path)
  }
  for await (const user of users()) {
    const path = join(folder, user[0]?.userId as string)
    mkdirSync(path)
    for (const completion of user) put(join(path, taskFileName(completion)), taskFile(completion))
    put(`${path}.log`, userLog(user))
    if (batch.length < BATCH) continue
    await flushed
    flushed = flushAndRename(batch)
    batch = []
  }
  await flushed
  await flushAndRename(batch)
}

async function flushAndRename(paths: string[]): Promise<void> {
  await flush()
  for (const path of paths) renameSync(`${path}.tmp`, path)
}

/** Flushes everything that was written on the file system. */
const flush = () => promisify(execFile)('sync', ['-f', folder])

await mkdir(folder, { recursive: true })
const client = await new mongoose.mongo.MongoClient(uri).connect()
const began = performance.now()
await (taskFiles ? writeAll() : writeLogs())
// The renames.
await flush()
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000 }))
await client.close()
