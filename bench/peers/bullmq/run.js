// Runs a worker and gives it the work of a benchmark. The last line of the output has the figures as JSON.
import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { MongoClient } from 'mongodb'

const settings = JSON.parse(process.argv[2])
const { queue: name, connection, uri, database, dir, day, timeZone } = settings
const [WARM_UP, BATCH, POLL_MS] = [200, 1000, 20]
const queue = new Queue(name, { connection })
let added = 0

/** Adds jobs, and waits until the results of all are recorded. */
async function runAll(jobs) {
  for (let from = 0; from < jobs.length; from += BATCH) await queue.addBulk(jobs.slice(from, from + BATCH))
  added += jobs.length
  while ((await queue.getCompletedCount()) < added) {
    if ((await queue.getFailedCount()) > 0) throw new Error((await queue.getFailed(0, 0))[0].failedReason)
    await sleep(POLL_MS)
  }
}

const nothings = count => Array.from({ length: count }, () => ({ name: 'nothing', data: {} }))

async function measure() {
  const began = performance.now()
  if (settings.work === 'jobs') await runAll(nothings(settings.jobs))
  else {
    await mkdir(join(dir, day), { recursive: true })
    const users = await client.db(database).collection('completions').distinct('userId', { day, timeZone })
    await runAll(users.map(user => ({ name: 'write-log', data: { user } })))
  }
  return (performance.now() - began) / 1000
}

const client = await new MongoClient(uri).connect()
const worker = spawn(process.execPath, [join(import.meta.dirname, 'worker.js'), process.argv[2]], {
  stdio: ['ignore', 2, 2],
})
worker.once('exit', () => process.exit(1))
process.once('SIGTERM', () => process.exit(1))
process.once('exit', () => worker.kill())
await runAll(nothings(WARM_UP))
console.log(JSON.stringify({ seconds: await measure() }))
process.exit()
