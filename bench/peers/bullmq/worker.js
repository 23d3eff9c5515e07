// The one worker process of BullMQ. It gets the settings as one JSON argument.
import { execFile } from 'node:child_process'
import { mkdir, open, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Worker } from 'bullmq'
import { MongoClient } from 'mongodb'
import { logLines } from '../../references/log-lines.ts'

const settings = JSON.parse(process.argv[2])
const { queue, connection, concurrency, uri, database, dir, day, timeZone, taskFiles } = settings
const { userLog, taskFile, taskFileName } = logLines(timeZone)
const completions = (await new MongoClient(uri).connect()).db(database).collection('completions')

/** Reads a user's completions, and writes the files of the day: each is flushed before it gets its name. */
async function writeLog(user) {
  const found = await completions.find({ userId: user, day, takenBack: false }).toArray()
  const path = join(dir, day, user)
  const log = userLog(found)
  if (taskFiles) await writeTogether(path, found, log)
  else await writeFlushed(`${path}.log`, log)
  return found.length
}

async function writeFlushed(path, text) {
  const file = await open(`${path}.tmp`, 'w')
  await file.writeFile(text)
  await file.sync()
  await file.close()
  await rename(`${path}.tmp`, path)
}

async function writeTogether(path, found, log) {
  await mkdir(path)
  const texts = [[`${path}.log`, log], ...found.map(one => [join(path, taskFileName(one)), taskFile(one)])]
  await Promise.all(texts.map(([name, text]) => writeFile(`${name}.tmp`, text)))
  await flushed()
  await Promise.all(texts.map(([name]) => rename(`${name}.tmp`, name)))
}

let next

/**
 * Resolves when everything that was written before the call is flushed. Concurrent jobs share a flush, because it flushes the
 * whole file system.
 */
function flushed() {
  next ??= (async () => {
    await running
    const sync = promisify(execFile)('sync', ['-f', dir])
    running = sync
    next = undefined
    await sync
  })()
  return next
}
let running

new Worker(queue, async ({ name, data }) => (name === 'nothing' ? 0 : writeLog(data.user)), {
  connection,
  concurrency,
})
