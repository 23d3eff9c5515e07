// A worker whose handler does what the data of the job ask for. Its marks are files in the folder MARKS: tests read them, and let
// handlers continue by writing others. KINDS has the kinds that it runs, LANES its lanes.
import { existsSync } from 'node:fs'
import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DoNotRetry, type Job, worker } from '@daybook/worker'
import { type Static, Type } from 'typebox'

const {
  MARKS = '.',
  LANES = 'mail',
  KINDS = 'send-invoice',
  SLOTS = '8',
  STOP_TIMEOUT,
  GRACE_TIME,
} = process.env

const Invoice = Type.Object({
  invoice: Type.Integer(),
  /** The first attempts that fail. */
  failures: Type.Optional(Type.Integer()),
  /** The handler waits until this mark exists. */
  hold: Type.Optional(Type.String()),
  /** The handler goes on waiting when its signal is aborted. */
  stubborn: Type.Optional(Type.Boolean()),
  /** The handler reports so many steps of progress. */
  steps: Type.Optional(Type.Integer()),
  /** The handler takes so many milliseconds. */
  takes: Type.Optional(Type.Integer()),
  /** The handler never pauses. */
  spin: Type.Optional(Type.Boolean()),
  /** The result has so many bytes as JSON. */
  resultBytes: Type.Optional(Type.Integer()),
  /** The handler fails until this mark exists. */
  refusedUntil: Type.Optional(Type.String()),
  hopeless: Type.Optional(Type.Boolean()),
  abort: Type.Optional(Type.Boolean()),
})

const mark = (name: string, job: Job) =>
  appendFile(join(MARKS, name), `${job.id} ${job.attempt} ${process.pid} ${Date.now()}\n`)

async function sendInvoice(data: Static<typeof Invoice>, job: Job) {
  // The time of the mark is that of the start.
  const started = mark('starts', job)
  await writeFile(join(MARKS, `${job.id}.${job.attempt}`), String(process.pid))
  await started
  job.signal.addEventListener('abort', () => void mark('aborts', job))
  try {
    return await work(data, job)
  } finally {
    await mark('stops', job)
  }
}

async function work(data: Static<typeof Invoice>, job: Job) {
  if (data.abort) process.abort()
  if (data.spin) for (;;);
  if (data.takes) await sleep(data.takes, undefined, { signal: job.signal })
  for (let done = 1; done <= (data.steps ?? 0); done += 1) job.progress(done, data.steps as number)
  const whileHeld = data.stubborn ? {} : { signal: job.signal }
  while (data.hold && !existsSync(join(MARKS, data.hold))) await sleep(20, undefined, whileHeld)
  if (data.hopeless) throw new DoNotRetry('this invoice can never be sent')
  const isRefused = data.refusedUntil !== undefined && !existsSync(join(MARKS, data.refusedUntil))
  if (isRefused || job.failures < (data.failures ?? 0))
    throw new Error(`the mail server refused invoice ${data.invoice}`)
  await mark('ends', job)
  if (data.resultBytes) return 'x'.repeat(data.resultBytes - '""'.length)
  return { sent: data.invoice, cause: job.cause ?? null }
}

const kinds = KINDS.split(',')
kinds
  .reduce(
    (made, kind) => made.handle(kind, Invoice, sendInvoice),
    worker({
      lane: LANES.split(','),
      concurrency: Number(SLOTS),
      ...(STOP_TIMEOUT && { stopTimeout: Number(STOP_TIMEOUT) }),
      ...(GRACE_TIME && { graceTime: Number(GRACE_TIME) }),
    }),
  )
  .start()
