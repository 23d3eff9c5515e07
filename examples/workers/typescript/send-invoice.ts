// A worker with five kinds of jobs. The guide, docs/jobs.md, uses it:
//
//   node_modules/.bin/node examples/workers/typescript/send-invoice.ts
//
// It finds Kafka by KAFKA_BROKERS (default 127.0.0.1:9092). `total` reads results by REST, so it needs DAYBOOK_URL and
// DAYBOOK_TOKEN too.
import { setTimeout as sleep } from 'node:timers/promises'
import { client, DoNotRetry, worker } from '@daybook/worker'
import { Type } from 'typebox'

const { DAYBOOK_URL, DAYBOOK_TOKEN } = process.env

/** Stands for a mail server that recognises a repeated call by its key. The domain busy.example refuses the first attempt. */
async function sendMail(
  to: string,
  { isFirst }: { idempotencyKey: string; isFirst: boolean },
): Promise<void> {
  if (!to.includes('@')) throw new DoNotRetry(`"${to}" is no mail address`)
  if (to.endsWith('@busy.example') && isFirst) throw new Error('The mail server is busy')
}

const Invoice = Type.Object({ invoice: Type.Integer(), to: Type.String() })
const Numbers = Type.Object({ x: Type.Number(), y: Type.Optional(Type.Number()) })
const Rows = Type.Object({ rows: Type.Integer({ minimum: 0 }) })

worker({ lane: ['default', 'mail'], concurrency: 8, name: 'example' })
  .handle('send-invoice', Invoice, async ({ invoice, to }, job) => {
    await sendMail(to, { idempotencyKey: job.id, isFirst: job.failures === 0 })
    job.log.info(`invoice ${invoice} is sent to ${to}`)
    return { sent: invoice }
  })
  // As a continuation, it adds to the result of the job before.
  .handle('add', Numbers, ({ x, y }, job) => x + (y ?? Number(job.cause?.result ?? 0)))
  // As the continuation of a group, it sums the results of the jobs that succeeded.
  .handle('total', Type.Unknown(), async (_, job) => {
    const group = job.cause?.group
    if (group === undefined) throw new DoNotRetry('This is not the continuation of a group')
    if (!DAYBOOK_URL || !DAYBOOK_TOKEN) throw new DoNotRetry('Set DAYBOOK_URL and DAYBOOK_TOKEN')
    const results = await client({ url: DAYBOOK_URL, token: DAYBOOK_TOKEN }).results(group)
    return results.reduce((sum, { result }) => sum + Number(result ?? 0), 0)
  })
  // Takes 0.1 s for each row, shows its progress, and ends at once when it is cancelled or takes too long.
  .handle('import-rows', Rows, async ({ rows }, job) => {
    for (let done = 0; done < rows; done += 1) {
      await sleep(100, undefined, { signal: job.signal })
      job.progress(done + 1, rows)
    }
    return { imported: rows }
  })
  // Adds a group of jobs from a handler: one for each number.
  .handle('sum-up', Type.Array(Type.Number()), async (numbers, job) => {
    const jobs = numbers.map(x => ({ kind: 'add', data: { x, y: 0 } }))
    const { group } = await job.spawn(jobs, { kind: 'total' })
    return { group }
  })
  .start()
