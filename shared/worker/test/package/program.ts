// A complete program. The test copies it to an empty folder.
import { worker } from '@daybook/worker'
import { Type } from 'typebox'
import { mailer } from './mailer.ts'

const Invoice = Type.Object({ invoice: Type.Integer(), to: Type.String() })

worker({ lane: 'mail', concurrency: 8 })
  .handle('send-invoice', Invoice, async (data, job) =>
    mailer.send(data, { idempotencyKey: job.id, signal: job.signal }),
  )
  .start()
